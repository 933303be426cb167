//! Books and cancels appointments.
//!
//! Called by the appointments' routes. A booking first reserves the time, so that two visitors never both get it, then places a
//! deletion block on the visitor's card at the wallet server, then confirms. After a crash or an indeterminate response the
//! sweep withdraws the appointment and removes the block. An appointment must never be confirmed without a deletion block.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use booking_page::api::{Appointment, NewAppointment, Service};
use booking_page::messages::ENGLISH;
use jiff::Timestamp;

use crate::catalog::Catalog;
use crate::error::SiteError;
use crate::store::{AppointmentRow, AppointmentStore};
use crate::wallet::{UserId, WalletClient, WalletClientError};
use crate::wallet_token::WalletToken;

/// Upcoming appointments of one person: enough for a family, too few to fill the calendar.
const MAX_UPCOMING_APPOINTMENTS: usize = 10;

/// The sweep removes a block this long after an indeterminate response. It is longer than any call to the wallet server lasts,
/// so that the block cannot be placed after its removal.
pub const UNBLOCK_DELAY_SECONDS: i64 = 30;

#[derive(Debug, Clone)]
pub struct BookingService {
    pub catalog: Catalog,
    pub store: AppointmentStore,
    pub wallet: WalletClient,
}

/// Whether cancelling also removed the deletion block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellation {
    CardUnblocked,
    /// The wallet server did not confirm; the sweep retries.
    UnblockPending,
}

fn now() -> Timestamp {
    Timestamp::now()
}

fn new_id() -> Result<String, SiteError> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| SiteError::Internal(e.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn to_appointment(visit: AppointmentRow, service: &Service) -> Appointment {
    Appointment {
        id: visit.id,
        service: visit.service,
        name: service.name.clone(),
        with: service.with.clone(),
        at: visit.at,
        until: visit.until,
    }
}

impl BookingService {
    /// The user of a token, as the wallet server knows them.
    ///
    /// # Errors
    /// [`SiteError::Unauthenticated`] or [`SiteError::WalletUnavailable`].
    pub async fn user_of_token(&self, token: &WalletToken) -> Result<UserId, SiteError> {
        self.wallet
            .user_of_token(token)
            .await
            .map_err(|error| match error {
                WalletClientError::Unauthenticated => SiteError::Unauthenticated,
                other => SiteError::WalletUnavailable(other.to_string()),
            })
    }

    /// A person's upcoming appointments.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn upcoming(&self, user: UserId) -> Result<Vec<Appointment>, SiteError> {
        let visits = self.store.upcoming(user, now().as_second()).await?;
        let with_service = |visit: AppointmentRow| {
            self.catalog
                .service(&visit.service)
                .map(|service| to_appointment(visit.clone(), service))
        };
        Ok(visits.into_iter().filter_map(with_service).collect())
    }

    /// Books an appointment and blocks the deletion of the person's card until then. Booking the same one again returns it.
    ///
    /// # Errors
    /// Nothing is booked and the time is free again.
    pub async fn book(&self, user: UserId, new: &NewAppointment) -> Result<Appointment, SiteError> {
        let service = self
            .catalog
            .service(&new.service)
            .ok_or(SiteError::NotOffered)?;
        let offer = self
            .catalog
            .find(service, &new.at, now())
            .ok_or(SiteError::NotOffered)?;
        let upcoming = self.upcoming(user).await?;
        if let Some(same) = upcoming
            .iter()
            .find(|visit| visit.service == service.id && visit.at == offer.at)
        {
            return Ok(same.clone());
        }
        if upcoming.len() >= MAX_UPCOMING_APPOINTMENTS {
            return Err(SiteError::TooManyAppointments);
        }
        let id = new_id()?;
        let visit = AppointmentRow {
            id: id.clone(),
            user,
            service: service.id.clone(),
            at: offer.at.clone(),
            until: offer.until.clone(),
            is_cancelled: false,
        };
        let reserved = self.store.insert_pending(&visit, &offer, now().as_second());
        if !reserved.await? {
            return Err(SiteError::TimeTaken);
        }
        let appointment = to_appointment(visit, service);
        let blocked = self
            .wallet
            .block_card_deletion(
                user,
                &id,
                &ENGLISH.visit_at(&appointment),
                &appointment.until,
            )
            .await;
        self.finish(&id, blocked).await?;
        Ok(appointment)
    }

    /// Confirms or drops the reserved time, depending on the wallet server's response.
    async fn finish(
        &self,
        id: &str,
        blocked: Result<(), WalletClientError>,
    ) -> Result<(), SiteError> {
        match blocked {
            Ok(()) if self.store.confirm(id).await? => Ok(()),
            Ok(()) => Err(SiteError::WalletUnavailable(
                "the deletion block was placed after the appointment was withdrawn".to_owned(),
            )),
            Err(WalletClientError::NoCard) => {
                self.store.delete_unconfirmed(id).await?;
                Err(SiteError::CardRequired)
            }
            Err(error @ (WalletClientError::Unauthenticated | WalletClientError::Refused(_))) => {
                self.store.delete_unconfirmed(id).await?;
                Err(SiteError::WalletUnavailable(error.to_string()))
            }
            Err(error @ WalletClientError::Indeterminate(_)) => {
                self.store
                    .withdraw(id, now().as_second().saturating_add(UNBLOCK_DELAY_SECONDS))
                    .await?;
                Err(SiteError::WalletUnavailable(error.to_string()))
            }
        }
    }

    /// Cancels a person's appointment and unblocks the card. It can be repeated.
    ///
    /// # Errors
    /// [`SiteError::NotFound`] when it does not exist or is another person's.
    pub async fn cancel(&self, user: UserId, id: &str) -> Result<Cancellation, SiteError> {
        let visit = self
            .store
            .find(id)
            .await?
            .filter(|visit| visit.user == user)
            .ok_or(SiteError::NotFound)?;
        if !visit.is_cancelled {
            self.store.cancel(id, now().as_second()).await?;
        }
        match self.wallet.remove_deletion_block(id).await {
            Ok(()) => {
                self.store.mark_unblocked(id).await?;
                Ok(Cancellation::CardUnblocked)
            }
            Err(error) => {
                tracing::warn!(%error, "deletion block not removed, the sweep retries");
                Ok(Cancellation::UnblockPending)
            }
        }
    }
}
