//! The built frame (the output of `trunk build`), in memory. A build is smaller than one megabyte.
//!
//! Called by the routes of the page and its assets. It loads a new build within a second, and logs a missing one. Files
//! are found by exact name: it must never open a path that a request names.

mod folder;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use folder::BuildStamp;
pub use folder::{Asset, Build};

/// The minimum time between two checks of the folder, however many requests come.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// A folder and the build that was last read from it.
#[derive(Debug)]
pub struct Dist {
    folder: PathBuf,
    cached: Mutex<CachedBuild>,
}

#[derive(Debug, Default)]
struct CachedBuild {
    checked_at: Option<Instant>,
    stamp: Option<BuildStamp>,
    build: Option<Arc<Build>>,
}

impl Dist {
    /// Reads the folder. A missing build is logged, and the folder is checked again later.
    #[must_use]
    pub fn open(folder: PathBuf) -> Self {
        let dist = Self {
            folder,
            cached: Mutex::default(),
        };
        if dist.build().is_none() {
            tracing::warn!(
                folder = %dist.folder.display(),
                "no build of the frame in the folder: run `trunk build --release`, or set --dist"
            );
        }
        dist
    }

    /// Whether the folder has a build.
    #[must_use]
    pub fn is_built(&self) -> bool {
        self.build().is_some()
    }

    /// The current build. It reads the folder at most once a second, and blocks for that short time.
    #[must_use]
    pub fn build(&self) -> Option<Arc<Build>> {
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        if cached
            .checked_at
            .is_some_and(|at| at.elapsed() < CHECK_INTERVAL)
        {
            return cached.build.clone();
        }
        cached.checked_at = Some(Instant::now());
        let stamp = folder::stamp(&self.folder);
        if stamp != cached.stamp {
            cached.build = stamp.as_ref().and_then(|_| match Build::read(&self.folder) {
                Ok(build) => Some(Arc::new(build)),
                Err(error) => {
                    tracing::warn!(%error, folder = %self.folder.display(), "the build of the frame cannot be read");
                    None
                }
            });
            cached.stamp = stamp;
        }
        cached.build.clone()
    }
}
