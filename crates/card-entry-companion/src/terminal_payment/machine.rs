//! The transitions of a payment at a card reader.
//!
//! Part of [`super`]. It must never go back to an earlier call: what the payment has reached stays reached.

use card_entry_protocol::dialect::quilt::steps::{
    IntentCreated, PaymentAuthorized, PaymentCaptured, Sale,
};
use card_entry_protocol::dialect::quilt::{
    CancelResponse, Card, PaymentStatus, QuiltErrorCode, QuiltResult,
};

use super::{
    PaidOutcome, PaymentStep, TerminalButton, TerminalCommand, TerminalError, TerminalEvent,
    TerminalPaymentState,
};

/// How far the payment is. A later failure does not change it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum PaymentProgress {
    Sale(Sale),
    Begun(IntentCreated),
    Processed(PaymentAuthorized),
    Captured(PaymentCaptured),
}

/// One sale at a card reader. [`Self::handle`] takes each event and returns the next command.
///
/// ```
/// use card_entry_companion::terminal_payment::{
///     TerminalButton, TerminalCommand, TerminalEvent, TerminalPayment,
/// };
/// use card_entry_protocol::dialect::quilt::steps::Sale;
/// use card_entry_protocol::dialect::quilt::{ExternalAccountId, ExternalCustomerId};
/// use card_entry_protocol::money::Decimal;
///
/// let sale = Sale {
///     account: ExternalAccountId::parse("acme").unwrap(),
///     customer: ExternalCustomerId::parse("ann").unwrap(),
///     transaction: None,
///     amount: Decimal::parse("12.99").unwrap(),
/// };
/// let mut payment = TerminalPayment::new(sale, false);
/// let command = payment.handle(TerminalEvent::Pressed(TerminalButton::Take));
/// assert_eq!(command, Some(TerminalCommand::Connect));
/// assert_eq!(payment.state().as_str(), "connecting");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalPayment {
    progress: PaymentProgress,
    state: TerminalPaymentState,
    /// Whether *Cancel* was pressed.
    stopping: bool,
    /// Whether a reader is connected.
    connected: bool,
    /// Whether the reader has a card that can be charged.
    has_card: bool,
}

impl TerminalPayment {
    /// A sale that was not started. `connected`: a reader is connected already, from an earlier sale.
    #[must_use]
    pub fn new(sale: Sale, connected: bool) -> Self {
        Self {
            progress: PaymentProgress::Sale(sale),
            state: TerminalPaymentState::Idle,
            stopping: false,
            connected,
            has_card: false,
        }
    }

    /// What is on screen.
    #[must_use]
    pub fn state(&self) -> &TerminalPaymentState {
        &self.state
    }

    /// Whether a reader is connected.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.connected
    }

    /// Applies an event. An event that does not fit the state changes nothing.
    pub fn handle(&mut self, event: TerminalEvent) -> Option<TerminalCommand> {
        match event {
            TerminalEvent::Pressed(press) => self.press(press),
            TerminalEvent::Connected(ended) => {
                self.connected = ended.is_ok();
                self.after_step(PaymentStep::Connecting, ended)
            }
            TerminalEvent::IntentCreated(outcome) => {
                let ended = done(outcome).map(|answer| {
                    if let PaymentProgress::Sale(sale) = &self.progress {
                        self.progress = PaymentProgress::Begun(sale.clone().intent_created(answer));
                    }
                });
                self.after_step(PaymentStep::CreatingIntent, ended)
            }
            TerminalEvent::CardRead(ended) => {
                self.has_card = ended.is_ok();
                self.after_reader_step(PaymentStep::AwaitingCard, ended)
            }
            TerminalEvent::Processed(ended) => {
                // After a network failure the reader still has the card.
                self.has_card = matches!(ended, Err(TerminalError::Network));
                let ended = ended.and_then(|(id, status)| self.authorize(&id, &status));
                self.after_reader_step(PaymentStep::Processing, ended)
            }
            TerminalEvent::Captured(outcome) => {
                let ended = done(outcome).and_then(|answer| {
                    let PaymentProgress::Processed(processed) = &self.progress else {
                        return Ok(());
                    };
                    let captured = processed
                        .captured(&answer)
                        .ok_or(TerminalError::Indeterminate)?;
                    self.progress = PaymentProgress::Captured(captured);
                    Ok(())
                });
                self.after_step(PaymentStep::Capturing, ended)
            }
            TerminalEvent::CardSaved(outcome) => self.saved(outcome),
            TerminalEvent::PaymentCanceled(outcome) => self.canceled(outcome),
            TerminalEvent::ReaderLost => {
                (self.connected, self.has_card) = (false, false);
                None
            }
        }
    }

    fn press(&mut self, press: TerminalButton) -> Option<TerminalCommand> {
        match (press, &self.state) {
            (TerminalButton::Take, TerminalPaymentState::Idle) => self.next_step(),
            (TerminalButton::Retry, TerminalPaymentState::Failed(..)) => self.next_step(),
            (
                TerminalButton::Cancel,
                TerminalPaymentState::Failed(PaymentStep::Saving, TerminalError::Indeterminate),
            ) => self.end(TerminalPaymentState::Paid(PaidOutcome::Unsure)),
            (TerminalButton::Cancel, TerminalPaymentState::Failed(..))
                if self.state.can_cancel() =>
            {
                self.stopping = true;
                self.next_step()
            }
            // Without a reader nothing can be charged, so the end of the step is not awaited.
            (TerminalButton::Cancel, TerminalPaymentState::Busy(PaymentStep::Connecting)) => {
                self.stopping = true;
                self.next_step()
            }
            (TerminalButton::Cancel, TerminalPaymentState::Busy(step))
                if self.state.can_cancel() =>
            {
                let step = *step;
                (self.stopping, self.state) = (true, TerminalPaymentState::Stopping(step));
                (step == PaymentStep::AwaitingCard).then_some(TerminalCommand::StopReading)
            }
            _ => None,
        }
    }

    /// The reader authorized this payment.
    fn authorize(&mut self, id: &str, status: &PaymentStatus) -> Result<(), TerminalError> {
        let PaymentProgress::Begun(begun) = &self.progress else {
            return Ok(());
        };
        let processed = begun.authorized(id, status).ok_or(TerminalError::Reader)?;
        self.progress = PaymentProgress::Processed(processed);
        Ok(())
    }

    /// [`Self::after_step`] for the errors of the reader: some of them report the progress of the payment.
    fn after_reader_step(
        &mut self,
        step: PaymentStep,
        ended: Result<(), TerminalError>,
    ) -> Option<TerminalCommand> {
        let ended = match ended {
            // An earlier try charged it, but its answer was lost.
            Err(TerminalError::UnexpectedState(id, status)) => self.authorize(&id, &status),
            Err(TerminalError::ReaderLost) => {
                (self.connected, self.has_card) = (false, false);
                Err(TerminalError::ReaderLost)
            }
            other => other,
        };
        self.after_step(step, ended)
    }

    fn after_step(
        &mut self,
        step: PaymentStep,
        ended: Result<(), TerminalError>,
    ) -> Option<TerminalCommand> {
        match ended {
            Err(error) if !self.stopping => {
                self.state = TerminalPaymentState::Failed(step, error);
                None
            }
            _ => self.next_step(),
        }
    }

    /// The next step, from the progress of the payment.
    fn next_step(&mut self) -> Option<TerminalCommand> {
        let (step, command) = match &self.progress {
            PaymentProgress::Sale(_) if self.stopping => {
                return self.end(TerminalPaymentState::Canceled);
            }
            PaymentProgress::Begun(begun) if self.stopping => (
                PaymentStep::Canceling,
                TerminalCommand::CancelPayment(begun.cancel()),
            ),
            PaymentProgress::Processed(processed) if self.stopping => (
                PaymentStep::Canceling,
                TerminalCommand::CancelPayment(processed.cancel()),
            ),
            PaymentProgress::Captured(_) if self.stopping => {
                return self.end(TerminalPaymentState::Paid(PaidOutcome::Skipped));
            }
            PaymentProgress::Captured(captured) => (
                PaymentStep::Saving,
                TerminalCommand::SaveCard(captured.save()),
            ),
            PaymentProgress::Processed(processed) => (
                PaymentStep::Capturing,
                TerminalCommand::Capture(processed.capture()),
            ),
            PaymentProgress::Sale(_) | PaymentProgress::Begun(_) if !self.connected => {
                (PaymentStep::Connecting, TerminalCommand::Connect)
            }
            PaymentProgress::Sale(sale) => (
                PaymentStep::CreatingIntent,
                TerminalCommand::CreateIntent(sale.body()),
            ),
            PaymentProgress::Begun(_) if self.has_card => {
                (PaymentStep::Processing, TerminalCommand::Process)
            }
            PaymentProgress::Begun(begun) => {
                let secret = begun.client_secret().clone();
                (PaymentStep::AwaitingCard, TerminalCommand::Collect(secret))
            }
        };
        self.state = TerminalPaymentState::Busy(step);
        Some(command)
    }

    fn saved(&mut self, outcome: QuiltResult<Card>) -> Option<TerminalCommand> {
        match outcome {
            QuiltResult::Done(card) => self.end(TerminalPaymentState::Saved(card)),
            QuiltResult::Failed(failure) if failure.code == QuiltErrorCode::NoReusableCard => {
                self.end(TerminalPaymentState::Paid(PaidOutcome::NoReusableCard))
            }
            QuiltResult::Indeterminate if self.stopping => {
                self.end(TerminalPaymentState::Paid(PaidOutcome::Unsure))
            }
            other => self.after_step(PaymentStep::Saving, done(other).map(drop)),
        }
    }

    /// Only the answer of the server makes the payment canceled.
    fn canceled(&mut self, outcome: QuiltResult<CancelResponse>) -> Option<TerminalCommand> {
        match outcome {
            QuiltResult::Done(answer) if answer.status == PaymentStatus::Canceled => {
                self.end(TerminalPaymentState::Canceled)
            }
            QuiltResult::Failed(failure) if failure.code == QuiltErrorCode::WrongState => {
                self.end(TerminalPaymentState::Paid(PaidOutcome::TooLate))
            }
            other => {
                let error = done(other).err().unwrap_or(TerminalError::Indeterminate);
                self.end(TerminalPaymentState::Failed(PaymentStep::Canceling, error))
            }
        }
    }

    fn end(&mut self, state: TerminalPaymentState) -> Option<TerminalCommand> {
        self.state = state;
        None
    }
}

fn done<T>(outcome: QuiltResult<T>) -> Result<T, TerminalError> {
    match outcome {
        QuiltResult::Done(value) => Ok(value),
        QuiltResult::Failed(failure) => Err(TerminalError::from_server(&failure)),
        QuiltResult::Indeterminate => Err(TerminalError::Indeterminate),
    }
}
