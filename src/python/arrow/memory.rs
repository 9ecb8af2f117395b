//! Room for results: one allocation of the size that will be needed, on large pages where there are such.

/// An empty vector with room for so many, if there is so much memory.
pub fn with_room<T>(count: usize) -> Vec<T> {
    let mut room = Vec::new();
    // What does not fit now will be asked for as it is needed.
    let _ = room.try_reserve_exact(count);
    on_large_pages(&mut room);
    room
}

/// From here on a page of 4 KB at a time costs more than all the work on the text.
#[cfg(target_os = "linux")]
const MUCH: usize = 1 << 22;

/// Asks the system for large pages (2 MB) under memory that nobody has touched yet: each page is made when it is first
/// written, and to make it costs about the same whatever its size.
#[cfg(target_os = "linux")]
fn on_large_pages<T>(room: &mut Vec<T>) {
    const PAGE: usize = 1 << 12;
    let bytes = room.capacity() * size_of::<T>();
    if bytes < MUCH {
        return;
    }
    let start = room.as_mut_ptr().cast::<u8>();
    let skipped = start.align_offset(PAGE);
    let length = (bytes - skipped) / PAGE * PAGE;
    // SAFETY: whole pages within one allocation of ours; the advice changes nothing but how they are backed, and where the
    // system has no large pages it refuses, which does no harm.
    unsafe { libc::madvise(start.add(skipped).cast(), length, libc::MADV_HUGEPAGE) };
}

#[cfg(not(target_os = "linux"))]
fn on_large_pages<T>(_: &mut Vec<T>) {}
