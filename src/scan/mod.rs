//! Kernels that find the next unit that needs work and skip the rest at the speed of memory.
pub mod stops;
