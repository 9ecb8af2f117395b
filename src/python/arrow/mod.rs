//! Arrow's C data interface: columns of strings taken from any library, columns handed to any library, nothing copied.
//!
//! The interface is three C structures and their rules (<https://arrow.apache.org/docs/format/CDataInterface.html>), in
//! Python passed as capsules. What comes in is another library's memory and is not trusted: every pointer, count, offset
//! and byte is looked at before it is used. What no reader can check is whether the memory is as long as it is said to be.
#![allow(unsafe_code)]

mod array;
mod c;
mod capsule;
mod export;
mod import;
mod memory;
mod texts;

pub use array::{Array, Memory, Type};
pub use export::{ArrowArray, ArrowChunks};
pub use import::{Source, read};
pub use memory::with_room;
pub use texts::{BadRow, Index, Layout, Texts};
