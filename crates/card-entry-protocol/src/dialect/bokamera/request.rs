//! The checked requests. The server creates them from a body, the companion from what the site wants.
//!
//! A request must never contain a card number: its texts are stored and sent to Stripe.

use super::error::ResponseStatus;
use super::{ArticleBody, CreateCheckout, Guid, StatusBody, UiMode, WebAddress};
use crate::card::Country;
use crate::number::id_contains_card_number;
use crate::text::{checked_text, contains, public_text};

mod check;

public_text!(
    /// The site's own id of what is paid for, e.g. a booking or a rebate code: 1 to 200 characters, without a card number.
    /// Company and reference together identify one payment.
    Reference,
    "not a reference",
    |text| (1..=200).contains(&text.chars().count())
        && !text.chars().any(char::is_control)
        && text.trim() == text
        && !id_contains_card_number(text)
);

public_text!(
    /// The id of a checkout session, `cs_…`. It is opaque.
    SessionId,
    "not a session",
    |text| (1..=255).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
);

checked_text!(
    /// The client secret of an embedded checkout, `cs_…_secret_…`. Its second half contains percent signs.
    /// See <https://docs.stripe.com/api/checkout/sessions/object#checkout_session_object-client_secret>.
    CheckoutSecret,
    "not a checkout's client secret",
    |text| text.len() <= 1024
        && text.starts_with("cs_")
        && contains(text, "_secret_")
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.~%".contains(&b))
);

impl core::fmt::Debug for CheckoutSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

/// The page on which the person pays, with the members that only that mode has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UiModeOptions {
    /// The person pays on Stripe's page.
    Hosted {
        /// The `CancelUrl`, target of Stripe's back button; without it Stripe shows no button.
        cancel: Option<WebAddress>,
    },
    /// The person pays in the site's own page. Stripe allows no `CancelUrl` here.
    Embedded,
}

impl UiModeOptions {
    /// The `UiMode` on the wire.
    #[must_use]
    pub fn ui_mode(&self) -> UiMode {
        match self {
            Self::Hosted { .. } => UiMode::Hosted,
            Self::Embedded => UiMode::Embedded,
        }
    }
}

/// An article to pay for. The server's catalogue has its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Article {
    /// The `ArticleId` of the company's catalogue, not zero.
    pub id: u32,
    /// The `ArticleTypeId`, for companies with more than one type.
    pub kind: Option<u32>,
    /// The quantity, 1 to 1,000.
    pub quantity: u32,
}

/// A checkout to create. It replaces older checkouts of the same company and reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutRequest {
    /// The `CompanyId`, not all zeros.
    pub company: Guid,
    /// The `CountryCode` of the checkout, e.g. `SE`.
    pub country: Country,
    /// The articles to pay for, 1 to 100.
    pub articles: Vec<Article>,
    /// The `InternalReferenceId`, the site's own id of the payment.
    pub reference: Reference,
    /// The `ConfirmationUrl`, to which Stripe redirects the person after the payment.
    pub confirmation: Option<WebAddress>,
    /// The `UiMode`, with the `CancelUrl` of hosted mode.
    pub mode: UiModeOptions,
}

/// A request for the status of a checkout session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRequest {
    /// The `CompanyId`, not all zeros.
    pub company: Guid,
    /// The `SessionId` of the checkout session, `cs_…`.
    pub session: SessionId,
}

/// Converts to .NET's `int`. A larger number becomes `i32::MAX`, which no server accepts.
fn int(number: u32) -> Option<i32> {
    Some(i32::try_from(number).unwrap_or(i32::MAX))
}

impl CheckoutRequest {
    /// Creates the body of `POST /checkout`.
    #[must_use]
    pub fn body(&self) -> CreateCheckout {
        let article = |article: &Article| ArticleBody {
            article_id: int(article.id),
            article_type_id: article.kind.and_then(int),
            quantity: int(article.quantity),
        };
        let text = |address: &WebAddress| address.as_str().to_owned();
        CreateCheckout {
            company_id: Some(self.company.to_string()),
            country_code: Some(self.country.as_str().to_owned()),
            articles: Some(self.articles.iter().map(article).collect()),
            internal_reference_id: Some(self.reference.as_str().to_owned()),
            confirmation_url: self.confirmation.as_ref().map(text),
            cancel_url: match &self.mode {
                UiModeOptions::Hosted { cancel } => cancel.as_ref().map(text),
                UiModeOptions::Embedded => None,
            },
            ui_mode: Some(self.mode.ui_mode().as_str().to_owned()),
        }
    }
}

impl StatusRequest {
    /// Creates the body of `POST /checkout/status`.
    #[must_use]
    pub fn body(&self) -> StatusBody {
        StatusBody {
            company_id: Some(self.company.to_string()),
            session_id: Some(self.session.as_str().to_owned()),
        }
    }
}
