//! The events and commands of a checkout, and the types of its stages.
//!
//! Used by [`super::CheckoutViewModel`] and by the component that draws it.

use card_entry_protocol::dialect::bokamera::{
    Checkout, CheckoutRequest, CheckoutSecret, StatusRequest, StatusResponse, WebAddress,
};
use card_entry_protocol::secret::{PublishableKey, StripeAccount};

use crate::display_message::DisplayMessage;
use crate::wallet::WalletError;

/// How a checkout starts: a new payment, or the return from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckoutStart {
    /// The person wants to pay this order.
    Pay(CheckoutRequest),
    /// The person returns from the payment page.
    Return(StatusRequest),
}

/// The parameters of the payment form on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedForm {
    /// The client secret of the checkout session.
    pub secret: CheckoutSecret,
    /// The publishable key for Stripe.js.
    pub key: PublishableKey,
    /// The connected account of the checkout session, if it has one.
    pub account: Option<StripeAccount>,
    /// `true`: the person stays on the page after the payment. `false`: Stripe.js navigates to the return URL.
    pub stays: bool,
}

/// The stage of a checkout. `data-state` shows it, see [`super::i18n::CheckoutMessageKey::as_str`].
#[derive(Debug, Clone, PartialEq)]
pub enum CheckoutStage {
    /// The server is creating the checkout session.
    Preparing,
    /// The browser is navigating to the payment page.
    Leaving,
    /// The payment form is loading.
    Loading,
    /// The payment form is ready.
    Paying,
    /// The status is being read from the server.
    Checking,
    /// The server answered with this status.
    Status(StatusResponse),
    /// The checkout stopped with this error.
    Failed(CheckoutError),
}

/// Why a checkout stopped, and so what the person can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckoutError {
    /// The server did not answer, or not readably.
    Unreachable,
    /// The server answered 429 or asked for a pause.
    RateLimited,
    /// The payment form did not load in time.
    FormNotLoaded,
    /// The address is not one of the payment pages.
    UnknownPage,
    /// The server refused, with its message if it is fit to be shown.
    Refused(Option<DisplayMessage>),
    /// The server knows no such checkout.
    NotFound,
}

/// The buttons a person can press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckoutButton {
    /// Repeat the step that failed.
    Retry,
    /// Read the status once more.
    CheckStatus,
    /// Create a new checkout session.
    StartOver,
}

impl CheckoutButton {
    /// The value of `data-action` on the button.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::CheckStatus => "look",
            Self::StartOver => "again",
        }
    }
}

/// What happened: the component was mounted, a call ended, or a button was pressed.
#[derive(Debug)]
pub enum CheckoutEvent {
    /// The component is on the page.
    Mounted,
    /// The server answered the request for a checkout session.
    Opened(Result<Checkout, WalletError>),
    /// The payment form is ready for input.
    FormReady,
    /// The payment form did not load.
    FormFailed,
    /// The form reports that it was paid.
    Paid,
    /// The server answered the request for the status.
    Status(Result<StatusResponse, WalletError>),
    /// The browser restored this page from its back/forward cache.
    PageRestored,
    /// The person pressed this button.
    Press(CheckoutButton),
}

/// What has to be done next.
#[derive(Debug, PartialEq, Eq)]
pub enum CheckoutCommand {
    /// Create a checkout session for this order.
    Open(CheckoutRequest),
    /// Navigate the whole window to this payment page.
    Navigate(WebAddress),
    /// Mount the payment form with these parameters.
    MountForm(EmbeddedForm),
    /// Read the status, after this many milliseconds.
    ReadStatus(StatusRequest, u32),
    /// Tell the page that the person wants a new checkout.
    StartOver,
}

impl From<WalletError> for CheckoutError {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::Refused(message) | WalletError::NotVerified(message) => {
                Self::Refused(message)
            }
            WalletError::SignInRequired => Self::Refused(None),
            WalletError::RateLimited(_) | WalletError::RetryAfter(_) => Self::RateLimited,
            WalletError::NotFound => Self::NotFound,
            WalletError::Indeterminate => Self::Unreachable,
        }
    }
}
