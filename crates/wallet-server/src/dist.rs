//! The built frame, in memory: under a megabyte, looked up by exact name, so that no path can leave the folder.
//!
//! Called by the page and its assets. It notices a new build within a second, and a missing one with a clear line in
//! the log.

mod folder;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use folder::Stamp;
pub use folder::{Asset, Build};

/// How often the folder is looked at: a new build shows at once for a person, and a crowd costs one look a second.
const LOOK: Duration = Duration::from_secs(1);

/// The folder and what was last read from it.
#[derive(Debug)]
pub struct Dist {
    folder: PathBuf,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    looked: Option<Instant>,
    stamp: Option<Stamp>,
    build: Option<Arc<Build>>,
}

impl Dist {
    /// Reads the folder; a missing build is said in the log and looked for again.
    #[must_use]
    pub fn open(folder: PathBuf) -> Self {
        let dist = Self {
            folder,
            known: Mutex::default(),
        };
        if dist.build().is_none() {
            tracing::warn!(
                folder = %dist.folder.display(),
                "the frame is not built: run `trunk build --release`, or name the folder by --dist"
            );
        }
        dist
    }

    /// Whether there is a build to serve.
    #[must_use]
    pub fn is_built(&self) -> bool {
        self.build().is_some()
    }

    /// The build of now; a few small reads at most once a second, done in place.
    #[must_use]
    pub fn build(&self) -> Option<Arc<Build>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.looked.is_some_and(|at| at.elapsed() < LOOK) {
            return known.build.clone();
        }
        known.looked = Some(Instant::now());
        let stamp = folder::stamp(&self.folder);
        if stamp != known.stamp {
            known.build = stamp.as_ref().and_then(|_| match Build::read(&self.folder) {
                Ok(build) => Some(Arc::new(build)),
                Err(error) => {
                    tracing::warn!(%error, folder = %self.folder.display(), "the built frame cannot be read");
                    None
                }
            });
            known.stamp = stamp;
        }
        known.build.clone()
    }
}
