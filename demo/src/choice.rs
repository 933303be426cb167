//! What the visitor has picked, and the one thing still missing before it can be booked.
//!
//! Called by the summary and its button. The server decides; this only spares a journey that cannot end well.

use crate::api::{NewAppointment, Slot};
use crate::studio_time::StudioTime;

/// The visit being put together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub service: Option<String>,
    pub at: Option<StudioTime>,
}

/// What is missing, in the order the page asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Service,
    Time,
    Account,
    /// The wallet is known to be empty.
    Card,
}

impl Choice {
    /// Picks a service; the times of another service do not carry over.
    pub fn pick_service(&mut self, id: &str) {
        if self.service.as_deref() != Some(id) {
            *self = Self {
                service: Some(id.to_owned()),
                at: None,
            };
        }
    }

    /// Whether the picked time is not, or no longer, among these.
    #[must_use]
    pub fn is_stale(&self, mut offered: impl Iterator<Item = Slot>) -> bool {
        self.at
            .as_ref()
            .is_some_and(|at| !offered.any(|slot| slot.free && slot.at == *at))
    }

    /// The booking, or what is missing. `cards` is how many cards the wallet is known to hold, if that is known:
    /// an unknown wallet is left to the server to judge.
    ///
    /// # Errors
    /// The first thing that is missing.
    pub fn complete(
        &self,
        signed_in: bool,
        cards: Option<usize>,
    ) -> Result<NewAppointment, Missing> {
        let service = self.service.clone().ok_or(Missing::Service)?;
        let at = self.at.clone().ok_or(Missing::Time)?;
        if !signed_in {
            return Err(Missing::Account);
        }
        if cards == Some(0) {
            return Err(Missing::Card);
        }
        Ok(NewAppointment { service, at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> StudioTime {
        StudioTime::parse("2026-11-24T10:30:00-08:00").unwrap()
    }

    #[test]
    fn what_is_missing_is_asked_for_in_the_pages_order() {
        let mut choice = Choice::default();
        assert_eq!(choice.complete(false, Some(0)), Err(Missing::Service));
        choice.pick_service("haircut");
        assert_eq!(choice.complete(false, Some(0)), Err(Missing::Time));
        choice.at = Some(at());
        assert_eq!(choice.complete(false, Some(0)), Err(Missing::Account));
        assert_eq!(choice.complete(true, Some(0)), Err(Missing::Card));
        assert!(
            choice.complete(true, None).is_ok(),
            "an unknown wallet is the server's to judge"
        );
        assert!(choice.complete(true, Some(1)).is_ok());
    }

    #[test]
    fn another_service_drops_the_time() {
        let mut choice = Choice {
            service: Some("haircut".to_owned()),
            at: Some(at()),
        };
        choice.pick_service("haircut");
        assert!(choice.at.is_some());
        choice.pick_service("colour");
        assert_eq!(choice.at, None);
    }

    #[test]
    fn a_time_taken_meanwhile_is_stale() {
        let choice = Choice {
            service: Some("haircut".to_owned()),
            at: Some(at()),
        };
        assert!(
            choice.is_stale(
                [Slot {
                    at: at(),
                    free: false
                }]
                .into_iter()
            )
        );
        assert!(choice.is_stale([].into_iter()));
        assert!(
            !choice.is_stale(
                [Slot {
                    at: at(),
                    free: true
                }]
                .into_iter()
            )
        );
        assert!(!Choice::default().is_stale([].into_iter()));
    }
}
