//! What the machine asks for, and what it is told.

use card_entry_protocol::dialect::quilt::{
    CancelBody, CancelResponse, CaptureBody, CaptureResponse, Card, CardBody, IntentBody,
    IntentResponse, PaymentStatus, QuiltResult,
};
use card_entry_protocol::secret::ClientSecret;

use super::Trouble;

/// The one thing to do next; its end is told as a [`Heard`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Find a reader and connect to it.
    Connect,
    /// `POST /payment/intent`.
    Begin(IntentBody),
    /// Let the reader read a card.
    Collect(ClientSecret),
    /// Stop reading; the reading then ends with [`Trouble::Canceled`].
    StopReading,
    /// Let the reader charge the card it read.
    Process,
    /// `POST /payment/capture`.
    Capture(CaptureBody),
    /// `POST /customer/card`.
    Save(CardBody),
    /// `POST /payment/cancel`.
    Release(CancelBody),
}

/// What a person pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// *Take card*.
    Take,
    /// *Cancel*.
    Cancel,
    /// *Try again*.
    Retry,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A button.
    Pressed(Press),
    /// The end of [`Deed::Connect`].
    Connected(Result<(), Trouble>),
    /// The end of [`Deed::Begin`].
    Began(QuiltResult<IntentResponse>),
    /// The end of [`Deed::Collect`].
    Read(Result<(), Trouble>),
    /// The end of [`Deed::Process`]: the payment and how far it is.
    Processed(Result<(String, PaymentStatus), Trouble>),
    /// The end of [`Deed::Capture`].
    Captured(QuiltResult<CaptureResponse>),
    /// The end of [`Deed::Save`].
    Saved(QuiltResult<Card>),
    /// The end of [`Deed::Release`].
    Released(QuiltResult<CancelResponse>),
    /// The reader went away by itself.
    Lost,
}
