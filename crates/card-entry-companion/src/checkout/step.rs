//! The steps of a checkout: where it begins and stands, what happens to it, what it asks for.
//!
//! Used by [`super::Desk`], and by whatever draws it.

use card_entry_protocol::dialect::bokamera::{
    Checkout, CheckoutRequest, CheckoutSecret, StatusRequest, StatusResponse, WebAddress,
};
use card_entry_protocol::secret::{PublishableKey, StripeAccount};

use crate::sentence::Sentence;
use crate::wallet::WalletError;

/// Where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// The person wants to pay.
    Pay(CheckoutRequest),
    /// The person comes back from the payment page.
    Back(StatusRequest),
}

/// What the payment form in the page is made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What it is mounted with.
    pub secret: CheckoutSecret,
    /// What Stripe.js starts with.
    pub key: PublishableKey,
    /// The connected account the checkout is in.
    pub account: Option<StripeAccount>,
    /// Whether the person stays when it is paid; else Stripe.js leads them on by itself.
    pub stays: bool,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The server is asked for a checkout.
    Preparing,
    /// The browser is on its way to the payment page.
    Leaving,
    /// The form is loading.
    Loading,
    /// The form is there.
    Paying,
    /// The server is asked how far it is.
    Checking,
    /// The server said how far it is.
    Told(StatusResponse),
    /// It cannot go on by itself.
    Stopped(Stop),
}

/// Why it cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The server cannot be reached.
    Away,
    /// Too often.
    TooOften,
    /// The form did not load.
    NoForm,
    /// The address is not the payment page's.
    Unsafe,
    /// The server said no, with its sentence if it is fit to be shown.
    Refused(Option<Sentence>),
    /// There is no such checkout.
    Missing,
}

/// What a person can press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// The same once more.
    Retry,
    /// Ask how far it is.
    Look,
    /// A new checkout.
    Again,
}

impl Button {
    /// The word in `data-action`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Look => "look",
            Self::Again => "again",
        }
    }
}

/// What happened.
#[derive(Debug)]
pub enum Act {
    /// It is on screen.
    Begin,
    /// The server answered the wish for a checkout.
    Opened(Result<Checkout, WalletError>),
    /// The form is there, or will not be.
    Form(bool),
    /// The form says that it was paid.
    Paid,
    /// The server answered the question how far it is.
    Told(Result<StatusResponse, WalletError>),
    /// The browser shows this page again, as it was left.
    CameBack,
    /// A button was pressed.
    Press(Button),
}

/// What is to be done outside.
#[derive(Debug, PartialEq, Eq)]
pub enum Outside {
    /// Ask the server for a checkout.
    Open(CheckoutRequest),
    /// Go there, with the whole window.
    Go(WebAddress),
    /// Mount the form.
    Mount(Form),
    /// Ask the server how far it is, after so many milliseconds.
    Ask(StatusRequest, u32),
    /// Tell the page that the person wants to begin anew.
    Again,
}

impl From<WalletError> for Stop {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::Refused(sentence) | WalletError::Challenge(sentence) => {
                Self::Refused(sentence)
            }
            WalletError::SignIn => Self::Refused(None),
            WalletError::TryLater(_) | WalletError::Wait(_) => Self::TooOften,
            WalletError::NotFound => Self::Missing,
            WalletError::Unclear => Self::Away,
        }
    }
}
