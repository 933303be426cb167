//! The events and commands of a payment at a card reader.
//!
//! Made by the Leptos `CardPresent` and by [`super::TerminalPayment`].

use card_entry_protocol::dialect::quilt::{
    CancelBody, CancelResponse, CaptureBody, CaptureResponse, Card, CardBody, IntentBody,
    IntentResponse, PaymentStatus, QuiltResult,
};
use card_entry_protocol::secret::ClientSecret;

use super::TerminalError;

/// What has to be done next. Its result comes as a [`TerminalEvent`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalCommand {
    /// Discover a reader and connect to it.
    Connect,
    /// Call `POST /payment/intent` with this body.
    CreateIntent(IntentBody),
    /// Let the reader read a card for this payment.
    Collect(ClientSecret),
    /// Stop reading; the reading then ends with [`TerminalError::ReadingStopped`].
    StopReading,
    /// Let the reader charge the card that it read.
    Process,
    /// Call `POST /payment/capture` with this body.
    Capture(CaptureBody),
    /// Call `POST /customer/card` with this body.
    SaveCard(CardBody),
    /// Call `POST /payment/cancel` with this body.
    CancelPayment(CancelBody),
}

/// The buttons a person can press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TerminalButton {
    /// *Take card*: starts the payment.
    Take,
    /// *Cancel*: ends the step in progress and cancels the payment.
    Cancel,
    /// *Try again*: repeats the step that failed.
    Retry,
}

/// What happened: a button was pressed, or a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEvent {
    /// The person pressed this button.
    Pressed(TerminalButton),
    /// The result of [`TerminalCommand::Connect`].
    Connected(Result<(), TerminalError>),
    /// The result of [`TerminalCommand::CreateIntent`].
    IntentCreated(QuiltResult<IntentResponse>),
    /// The result of [`TerminalCommand::Collect`].
    CardRead(Result<(), TerminalError>),
    /// The result of [`TerminalCommand::Process`]: the id of the payment (`pi_…`) and its status.
    Processed(Result<(String, PaymentStatus), TerminalError>),
    /// The result of [`TerminalCommand::Capture`].
    Captured(QuiltResult<CaptureResponse>),
    /// The result of [`TerminalCommand::SaveCard`].
    CardSaved(QuiltResult<Card>),
    /// The result of [`TerminalCommand::CancelPayment`].
    PaymentCanceled(QuiltResult<CancelResponse>),
    /// The connection to the reader was lost.
    ReaderLost,
}
