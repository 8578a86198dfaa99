//! Checks a text. Its allocator counts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU32, Ordering};

use messenger_send::Draft;

struct Counting;

static ALLOCATIONS: AtomicU32 = AtomicU32::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[unsafe(no_mangle)]
pub extern "C" fn allocations() -> u32 {
    ALLOCATIONS.load(Ordering::Relaxed)
}

/// How many mistakes a text of so many letters has.
#[unsafe(no_mangle)]
pub extern "C" fn errors_of_text(letters: u32) -> u32 {
    let text = "a".repeat(letters as usize);
    match Draft::text(text).to("7001002003004005").build() {
        Ok(_) => 0,
        Err(error) => error.issues.len() as u32,
    }
}
