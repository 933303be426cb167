//! Booking and cancelling: the order of steps that leaves nothing half done.
//!
//! Called by the appointments' routes. The time is taken before the wallet is asked, so that two visitors never both
//! get it; the visit is booked only when the wallet holds the card. What a crash or an unclear answer leaves behind is
//! withdrawn by the sweep, which lifts the hold until the wallet agrees.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use booking_page::api::{Appointment, NewAppointment, Service};
use booking_page::words::ENGLISH;
use jiff::Timestamp;

use crate::catalog::Catalog;
use crate::error::SiteError;
use crate::store::{Store, Visit};
use crate::token::Token;
use crate::wallet::{UserId, Wallet, WalletError};

/// Visits ahead one person may have: a family's, and not a whole calendar.
const MOST_AHEAD: usize = 10;

/// After an unclear answer the hold is lifted this many seconds later: longer than any call to the wallet lives, so
/// that a late hold cannot come after its lifting.
pub const UNCLEAR: i64 = 30;

#[derive(Debug, Clone)]
pub struct Desk {
    pub catalog: Catalog,
    pub store: Store,
    pub wallet: Wallet,
}

/// Whether cancelling also freed the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancelled {
    Lifted,
    /// The wallet did not answer; the sweep goes on asking.
    LiftedSoon,
}

fn now() -> Timestamp {
    Timestamp::now()
}

fn draw_id() -> Result<String, SiteError> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| SiteError::Broken(e.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn show(visit: Visit, service: &Service) -> Appointment {
    Appointment {
        id: visit.id,
        service: visit.service,
        name: service.name.clone(),
        with: service.with.clone(),
        at: visit.at,
        until: visit.until,
    }
}

impl Desk {
    /// Who asks, as the wallet says.
    ///
    /// # Errors
    /// [`SiteError::SignIn`], or the wallet is away.
    pub async fn who(&self, token: &Token) -> Result<UserId, SiteError> {
        self.wallet.who(token).await.map_err(|error| match error {
            WalletError::NotSignedIn => SiteError::SignIn,
            other => SiteError::WalletAway(other.to_string()),
        })
    }

    /// A person's visits ahead.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ahead(&self, user: UserId) -> Result<Vec<Appointment>, SiteError> {
        let visits = self.store.ahead(user, now().as_second()).await?;
        let show = |visit: Visit| {
            self.catalog
                .service(&visit.service)
                .map(|service| show(visit.clone(), service))
        };
        Ok(visits.into_iter().filter_map(show).collect())
    }

    /// Books a visit and holds the person's card for it. The same visit asked for twice is one visit.
    ///
    /// # Errors
    /// Nothing is kept, and the time is free again.
    pub async fn book(&self, user: UserId, new: &NewAppointment) -> Result<Appointment, SiteError> {
        let service = self
            .catalog
            .service(&new.service)
            .ok_or(SiteError::NotOffered)?;
        let offer = self
            .catalog
            .find(service, &new.at, now())
            .ok_or(SiteError::NotOffered)?;
        let ahead = self.ahead(user).await?;
        if let Some(same) = ahead
            .iter()
            .find(|visit| visit.service == service.id && visit.at == offer.at)
        {
            return Ok(same.clone());
        }
        if ahead.len() >= MOST_AHEAD {
            return Err(SiteError::TooMany);
        }
        let id = draw_id()?;
        if !self
            .store
            .ask(&id, user, &service.id, &offer, now().as_second())
            .await?
        {
            return Err(SiteError::Taken);
        }
        let visit = Visit {
            id: id.clone(),
            user,
            service: service.id.clone(),
            at: offer.at,
            until: offer.until,
            is_cancelled: false,
        };
        let appointment = show(visit, service);
        let held = self
            .wallet
            .hold(
                user,
                &id,
                &ENGLISH.visit_at(&appointment),
                &appointment.until,
            )
            .await;
        self.settle(&id, held).await?;
        Ok(appointment)
    }

    /// Books or lets go, by the wallet's answer.
    async fn settle(&self, id: &str, held: Result<(), WalletError>) -> Result<(), SiteError> {
        match held {
            Ok(()) if self.store.book(id).await? => Ok(()),
            Ok(()) => Err(SiteError::WalletAway(
                "a hold came after its visit was withdrawn".to_owned(),
            )),
            Err(WalletError::NoCard) => {
                self.store.forget(id).await?;
                Err(SiteError::CardNeeded)
            }
            Err(error @ (WalletError::NotSignedIn | WalletError::Refused(_))) => {
                self.store.forget(id).await?;
                Err(SiteError::WalletAway(error.to_string()))
            }
            Err(error @ WalletError::Unclear(_)) => {
                self.store
                    .withdraw(id, now().as_second().saturating_add(UNCLEAR))
                    .await?;
                Err(SiteError::WalletAway(error.to_string()))
            }
        }
    }

    /// Cancels a person's visit and frees the card. Cancelled twice is cancelled.
    ///
    /// # Errors
    /// [`SiteError::NotFound`] when there is none, or it is another person's.
    pub async fn cancel(&self, user: UserId, id: &str) -> Result<Cancelled, SiteError> {
        let visit = self
            .store
            .find(id)
            .await?
            .filter(|visit| visit.user == user)
            .ok_or(SiteError::NotFound)?;
        if !visit.is_cancelled {
            self.store.cancel(id, now().as_second()).await?;
        }
        match self.wallet.lift(id).await {
            Ok(()) => {
                self.store.lifted(id).await?;
                Ok(Cancelled::Lifted)
            }
            Err(error) => {
                tracing::warn!(%error, "a hold could not be lifted yet");
                Ok(Cancelled::LiftedSoon)
            }
        }
    }
}
