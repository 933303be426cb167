//! The memory areas of Argon2. Each is allocated when it is first needed, and reused after that.
//!
//! Called by the hashing of passwords only. With glibc, a freed area stays in the arena of the thread that freed it, so
//! that memory would grow with the number of threads. It must never allocate more areas than hashes can run at once, and
//! never leave a hash in an area.

use std::sync::{Mutex, PoisonError};

use argon2::Block;

/// The areas that no hash uses now.
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
    /// Runs `work` with an area of at least `blocks` blocks, then overwrites the area.
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
    fn an_area_is_reused_and_overwritten() {
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
        assert_eq!(memory.allocated(), 2, "two users at once need two areas");
    }
}
