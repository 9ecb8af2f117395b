//! Kernels that read a text at the speed of memory, and leave to others the few places that need thought.
//!
//! [`stops`] finds what may end a sentence; [`lines`] finds line breaks and counts letters, [`fold`] writes a text as one byte
//! a character, in which [`heads`] finds the beginnings of words; [`rewrite`] writes a text while it changes what needs no
//! context; [`utf8`] checks that bytes are a text, and [`transcode`] turns them into units of one code point. Each is one
//! promise with an implementation for every instruction set; the scalar one is the oracle of the others.
pub mod fold;
pub mod heads;
pub mod level;
pub mod lines;
pub mod prefetch;
pub mod rewrite;
pub mod stops;
pub mod transcode;
pub mod utf8;
