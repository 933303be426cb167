//! The memory that Argon2 works in: a fixed number of areas, allocated when first needed and reused for good.
//!
//! Called by the hashing of passwords only. An area that is freed after each hash stays with the allocator's arena of
//! the thread that freed it (glibc), so that memory grows with the threads that ever hashed. It must never allocate
//! more areas than hashes may run at once, and never leave what a password was turned into in an area.

use std::sync::{Mutex, PoisonError};

use argon2::Block;

/// Areas that no hash uses now.
#[derive(Debug, Default)]
pub(super) struct Memory {
    idle: Mutex<Areas>,
}

#[derive(Default)]
struct Areas {
    idle: Vec<Vec<Block>>,
    allocated: usize,
}

impl std::fmt::Debug for Areas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Areas")
            .field("idle", &self.idle.len())
            .field("allocated", &self.allocated)
            .finish()
    }
}

impl Memory {
    /// Lends an area of at least so many blocks to `work`, wiped before it is lent again.
    pub(super) fn lend<T>(&self, blocks: usize, work: impl FnOnce(&mut [Block]) -> T) -> T {
        let mut area = {
            let mut areas = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            areas.idle.pop().unwrap_or_else(|| {
                areas.allocated += 1;
                Vec::new()
            })
        };
        if area.len() < blocks {
            area.resize(blocks, Block::new());
        }
        let done = work(&mut area);
        area.fill(Block::new());
        let mut areas = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        areas.idle.push(area);
        done
    }

    /// How many areas were ever allocated.
    #[cfg(test)]
    pub(super) fn allocated(&self) -> usize {
        let areas = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        areas.allocated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_reused_and_comes_back_wiped() {
        let memory = Memory::default();
        for _ in 0..5 {
            memory.lend(4, |area| {
                assert!(
                    area.iter()
                        .all(|block| block.as_ref().iter().all(|word| *word == 0))
                );
                area.iter_mut().for_each(|block| block.as_mut().fill(7));
            });
        }
        assert_eq!(memory.lend(8, |area| area.len()), 8);
        assert_eq!(memory.allocated(), 1);
        memory.lend(4, |_| memory.lend(4, |_| ()));
        assert_eq!(memory.allocated(), 2, "two at once need two");
    }
}
