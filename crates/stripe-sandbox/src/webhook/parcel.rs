//! One event on its way to one endpoint. Made when an event is recorded, and again for each repeat.

use std::time::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The books the event is in.
    pub from: String,
    pub event: String,
    /// The books the endpoint is in: the event's own, or its platform's.
    pub owner: String,
    pub endpoint: String,
    /// How often it has been sent in vain.
    pub failures: u32,
    /// When it was posted; a delay counts from here.
    pub posted: Instant,
}

impl Parcel {
    /// The same parcel as if it had never been sent.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self {
            failures: 0,
            posted: Instant::now(),
            ..self.clone()
        }
    }

    /// The same parcel after it was not taken.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            failures: self.failures + 1,
            posted: Instant::now(),
            ..self.clone()
        }
    }
}
