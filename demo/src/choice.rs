//! The chosen service and time, and the first requirement that is missing before booking.
//!
//! Called by the summary and its button. The server decides; this only avoids requests that would be refused.

use crate::api::{NewAppointment, Slot};
use crate::studio_time::StudioTime;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub service: Option<String>,
    pub at: Option<StudioTime>,
}

/// A missing requirement, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Service,
    Time,
    Account,
    Card,
}

impl Choice {
    /// Chooses a service. Another service clears the time.
    pub fn choose_service(&mut self, id: &str) {
        if self.service.as_deref() != Some(id) {
            *self = Self {
                service: Some(id.to_owned()),
                at: None,
            };
        }
    }

    /// Whether the chosen time is not among these, or not free.
    #[must_use]
    pub fn is_stale(&self, mut offered: impl Iterator<Item = Slot>) -> bool {
        self.at
            .as_ref()
            .is_some_and(|at| !offered.any(|slot| slot.free && slot.at == *at))
    }

    /// The request to book. `cards` is the number of cards in the wallet, if known; the server checks it in any case.
    ///
    /// # Errors
    /// The first missing requirement.
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
    fn requirements_are_reported_in_the_order_of_the_page() {
        let mut choice = Choice::default();
        assert_eq!(choice.complete(false, Some(0)), Err(Missing::Service));
        choice.choose_service("haircut");
        assert_eq!(choice.complete(false, Some(0)), Err(Missing::Time));
        choice.at = Some(at());
        assert_eq!(choice.complete(false, Some(0)), Err(Missing::Account));
        assert_eq!(choice.complete(true, Some(0)), Err(Missing::Card));
        assert!(
            choice.complete(true, None).is_ok(),
            "without a known number of cards the server decides"
        );
        assert!(choice.complete(true, Some(1)).is_ok());
    }

    #[test]
    fn another_service_clears_the_time() {
        let mut choice = Choice {
            service: Some("haircut".to_owned()),
            at: Some(at()),
        };
        choice.choose_service("haircut");
        assert!(choice.at.is_some());
        choice.choose_service("colour");
        assert_eq!(choice.at, None);
    }

    #[test]
    fn a_taken_time_is_stale() {
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
