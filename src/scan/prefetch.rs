//! Asks for memory that will be read soon, so that it is there when its turn comes: texts of a list lie anywhere.
#![allow(unsafe_code)] // the reason stands beside it

/// How far ahead memory is asked for, in bytes: what is read while it comes.
pub const AHEAD: usize = 1 << 10;

/// Asks for the beginning of a slice.
#[inline(always)]
pub fn prefetch<T>(memory: &[T]) {
    let start = memory.as_ptr().cast::<u8>();
    for offset in (0..size_of_val(memory).min(AHEAD)).step_by(64) {
        prefetch_line(start.wrapping_add(offset));
    }
}

/// Asks for the line of memory at an address, which may be any.
#[inline(always)]
pub fn prefetch_line(address: *const u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch is a hint; an address that cannot be read has no effect.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}
