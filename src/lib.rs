//! naqi (نقي, "pure") prepares Arabic news for data work.
//!
//! | room | what it does |
//! |---|---|
//! | [`text`] | one view over Latin-1, UCS-2, UCS-4 and UTF-8; spans |
//! | [`unicode`] | what a code point is: generated tables and the questions to them |
//! | [`scan`] | kernels that skip what needs no work |
//! | [`normalize`] | marks off, letters folded, all character work in one pass |
//! | [`sentences`] | where sentences begin and end |
//! | [`boilerplate`] | which parts of a page are not the story, and why |
//! | [`article`] | the page as an article: headline, body, date, people, source |
//! | `files` (feature `files`) | streams of documents: JSONL and text, plain or compressed |
//! | [`parallel`] | the thread pool: lazy, fork-safe |
//! | [`markup`], [`suggest`] | is a text still HTML; what was probably meant |
//!
//! Every room gives spans or edits over the text it was given. In Rust, texts are `&str` and offsets are bytes;
//! the Python border (feature `python`) reads Python's own buffers and counts code points.

pub mod article;
pub mod boilerplate;
#[cfg(feature = "files")]
pub mod files;
pub mod markup;
pub mod normalize;
pub mod parallel;
pub mod scan;
pub mod sentences;
pub mod suggest;
pub mod text;
pub mod unicode;

#[cfg(feature = "python")]
mod python;
