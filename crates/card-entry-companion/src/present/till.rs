//! The machine: where the payment is, what is on screen, and what comes next.

use card_entry_protocol::dialect::quilt::steps::{
    IntentCreated, PaymentAuthorized, PaymentCaptured, Sale,
};
use card_entry_protocol::dialect::quilt::{
    CancelResponse, Card, PaymentStatus, QuiltErrorCode, QuiltResult,
};

use super::{Deed, Heard, Paid, Press, Shown, Trouble, Work};

/// How far the payment is: what was reached stays, whatever fails after it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reached {
    Sale(Sale),
    Begun(IntentCreated),
    Processed(PaymentAuthorized),
    Captured(PaymentCaptured),
}

/// One sale at a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Till {
    reached: Reached,
    shown: Shown,
    /// Whether *Cancel* was pressed.
    stopping: bool,
    /// Whether a reader is connected.
    connected: bool,
    /// Whether the reader has a card to charge.
    holds_card: bool,
}

impl Till {
    /// A sale that was not begun; `connected`: a reader is, from a sale before.
    #[must_use]
    pub fn new(sale: Sale, connected: bool) -> Self {
        Self {
            reached: Reached::Sale(sale),
            shown: Shown::Idle,
            stopping: false,
            connected,
            holds_card: false,
        }
    }

    /// What is on screen.
    #[must_use]
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Whether a reader is connected.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.connected
    }

    /// Takes in what happened; what is to be done now, if anything.
    pub fn hear(&mut self, heard: Heard) -> Option<Deed> {
        match heard {
            Heard::Pressed(press) => self.press(press),
            Heard::Connected(ended) => {
                self.connected = ended.is_ok();
                self.after(Work::Connecting, ended)
            }
            Heard::Began(outcome) => {
                let ended = done(outcome).map(|answer| {
                    if let Reached::Sale(sale) = &self.reached {
                        self.reached = Reached::Begun(sale.clone().intent_created(answer));
                    }
                });
                self.after(Work::Beginning, ended)
            }
            Heard::Read(ended) => {
                self.holds_card = ended.is_ok();
                self.at_reader(Work::Waiting, ended)
            }
            Heard::Processed(ended) => {
                // After a failure of the network the card is still there to be charged.
                self.holds_card = matches!(ended, Err(Trouble::Network));
                let ended = ended.and_then(|(id, status)| self.authorize(&id, &status));
                self.at_reader(Work::Processing, ended)
            }
            Heard::Captured(outcome) => {
                let ended = done(outcome).and_then(|answer| {
                    let Reached::Processed(processed) = &self.reached else {
                        return Ok(());
                    };
                    let captured = processed.captured(&answer).ok_or(Trouble::Unclear)?;
                    self.reached = Reached::Captured(captured);
                    Ok(())
                });
                self.after(Work::Capturing, ended)
            }
            Heard::Saved(outcome) => self.saved(outcome),
            Heard::Released(outcome) => self.released(outcome),
            Heard::Lost => {
                (self.connected, self.holds_card) = (false, false);
                None
            }
        }
    }

    fn press(&mut self, press: Press) -> Option<Deed> {
        match (press, &self.shown) {
            (Press::Take, Shown::Idle) => self.go(),
            (Press::Retry, Shown::Failed(..)) => self.go(),
            (Press::Cancel, Shown::Failed(Work::Saving, Trouble::Unclear)) => {
                self.end(Shown::Paid(Paid::Unsure))
            }
            (Press::Cancel, Shown::Failed(..)) if self.shown.can_cancel() => {
                self.stopping = true;
                self.go()
            }
            // Nothing that costs is on its way to a reader that is not there: nobody waits for it.
            (Press::Cancel, Shown::Busy(Work::Connecting)) => {
                self.stopping = true;
                self.go()
            }
            (Press::Cancel, Shown::Busy(work)) if self.shown.can_cancel() => {
                let work = *work;
                (self.stopping, self.shown) = (true, Shown::Stopping(work));
                (work == Work::Waiting).then_some(Deed::StopReading)
            }
            _ => None,
        }
    }

    /// The reader authorized this payment.
    fn authorize(&mut self, id: &str, status: &PaymentStatus) -> Result<(), Trouble> {
        let Reached::Begun(begun) = &self.reached else {
            return Ok(());
        };
        let processed = begun.authorized(id, status).ok_or(Trouble::Reader)?;
        self.reached = Reached::Processed(processed);
        Ok(())
    }

    /// As [`Till::after`], for the reader's own troubles: some of them are news of the payment.
    fn at_reader(&mut self, work: Work, ended: Result<(), Trouble>) -> Option<Deed> {
        let ended = match ended {
            // Charged by a try whose answer was lost.
            Err(Trouble::Moved(id, status)) => self.authorize(&id, &status),
            Err(Trouble::Lost) => {
                (self.connected, self.holds_card) = (false, false);
                Err(Trouble::Lost)
            }
            other => other,
        };
        self.after(work, ended)
    }

    fn after(&mut self, work: Work, ended: Result<(), Trouble>) -> Option<Deed> {
        match ended {
            Err(trouble) if !self.stopping => {
                self.shown = Shown::Failed(work, trouble);
                None
            }
            _ => self.go(),
        }
    }

    /// What comes next from where the payment is.
    fn go(&mut self) -> Option<Deed> {
        let (work, deed) = match &self.reached {
            Reached::Sale(_) if self.stopping => return self.end(Shown::Canceled),
            Reached::Begun(begun) if self.stopping => {
                (Work::Releasing, Deed::Release(begun.cancel()))
            }
            Reached::Processed(processed) if self.stopping => {
                (Work::Releasing, Deed::Release(processed.cancel()))
            }
            Reached::Captured(_) if self.stopping => return self.end(Shown::Paid(Paid::Skipped)),
            Reached::Captured(captured) => (Work::Saving, Deed::Save(captured.save())),
            Reached::Processed(processed) => (Work::Capturing, Deed::Capture(processed.capture())),
            Reached::Sale(_) | Reached::Begun(_) if !self.connected => {
                (Work::Connecting, Deed::Connect)
            }
            Reached::Sale(sale) => (Work::Beginning, Deed::Begin(sale.body())),
            Reached::Begun(_) if self.holds_card => (Work::Processing, Deed::Process),
            Reached::Begun(begun) => {
                let secret = begun.client_secret().clone();
                (Work::Waiting, Deed::Collect(secret))
            }
        };
        self.shown = Shown::Busy(work);
        Some(deed)
    }

    fn saved(&mut self, outcome: QuiltResult<Card>) -> Option<Deed> {
        match outcome {
            QuiltResult::Done(card) => self.end(Shown::Saved(card)),
            QuiltResult::Failed(failure) if failure.code == QuiltErrorCode::NoReusableCard => {
                self.end(Shown::Paid(Paid::NoReusableCard))
            }
            QuiltResult::Indeterminate if self.stopping => self.end(Shown::Paid(Paid::Unsure)),
            other => self.after(Work::Saving, done(other).map(drop)),
        }
    }

    /// Only the server's word makes it canceled.
    fn released(&mut self, outcome: QuiltResult<CancelResponse>) -> Option<Deed> {
        match outcome {
            QuiltResult::Done(answer) if answer.status == PaymentStatus::Canceled => {
                self.end(Shown::Canceled)
            }
            QuiltResult::Failed(failure) if failure.code == QuiltErrorCode::WrongState => {
                self.end(Shown::Paid(Paid::TooLate))
            }
            other => {
                let trouble = done(other).err().unwrap_or(Trouble::Unclear);
                self.end(Shown::Failed(Work::Releasing, trouble))
            }
        }
    }

    fn end(&mut self, shown: Shown) -> Option<Deed> {
        self.shown = shown;
        None
    }
}

fn done<T>(outcome: QuiltResult<T>) -> Result<T, Trouble> {
    match outcome {
        QuiltResult::Done(value) => Ok(value),
        QuiltResult::Failed(failure) => Err(Trouble::of_server(&failure)),
        QuiltResult::Indeterminate => Err(Trouble::Unclear),
    }
}
