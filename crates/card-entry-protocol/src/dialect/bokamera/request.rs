//! A request that means something. Made by the server of a body, by the companion of what the site wants.

use super::error::ResponseStatus;
use super::{ArticleBody, CreateCheckout, Guid, StatusBody, UiMode, WebAddress};
use crate::card::Country;
use crate::number::id_contains_card_number;
use crate::text::{checked_text, contains, public_text};

mod check;

public_text!(
    /// What is paid for, as the site names it: a booking, a rebate code. With the company it names one payment. It is
    /// stored and sent on, so that it must hold no card number.
    Reference,
    "not a reference",
    |text| (1..=200).contains(&text.chars().count())
        && !text.chars().any(char::is_control)
        && text.trim() == text
        && !id_contains_card_number(text)
);

public_text!(
    /// A checkout session, `cs_…`: opaque, sent back as it came.
    SessionId,
    "not a session",
    |text| (1..=255).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
);

checked_text!(
    /// What an embedded checkout is mounted with, `cs_…_secret_…`. Its second half holds percent signs.
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

/// Where the person pays, with what only that place has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckoutMode {
    /// On Stripe's page; with a way back for who changes their mind.
    Hosted {
        /// Where the back button leads; without it Stripe shows none.
        cancel: Option<WebAddress>,
    },
    /// In the site's own page, which has its own way back: a `CancelUrl` cannot even be written.
    Embedded,
}

impl CheckoutMode {
    /// The word for it.
    #[must_use]
    pub fn ui_mode(&self) -> UiMode {
        match self {
            Self::Hosted { .. } => UiMode::Hosted,
            Self::Embedded => UiMode::Embedded,
        }
    }
}

/// Something to pay for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Article {
    /// Which; not zero.
    pub id: u32,
    /// Of which kind, when the company has several.
    pub kind: Option<u32>,
    /// How many: 1 to 1,000.
    pub quantity: u32,
}

/// A checkout to create. It makes older ones of the same company and reference invalid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutRequest {
    /// The company.
    pub company: Guid,
    /// The country of the checkout.
    pub country: Country,
    /// What is paid for; never empty.
    pub articles: Vec<Article>,
    /// Which payment this is.
    pub reference: Reference,
    /// Where the person comes back to when it is paid.
    pub confirmation: Option<WebAddress>,
    /// Where they pay.
    pub mode: CheckoutMode,
}

/// A session to ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusRequest {
    /// The company.
    pub company: Guid,
    /// The session.
    pub session: SessionId,
}

/// As the wire has whole numbers; what is too large for it no server would take either.
fn int(number: u32) -> Option<i32> {
    Some(i32::try_from(number).unwrap_or(i32::MAX))
}

impl CheckoutRequest {
    /// The body that says it.
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
                CheckoutMode::Hosted { cancel } => cancel.as_ref().map(text),
                CheckoutMode::Embedded => None,
            },
            ui_mode: Some(self.mode.ui_mode().as_str().to_owned()),
        }
    }
}

impl StatusRequest {
    /// The body that says it.
    #[must_use]
    pub fn body(&self) -> StatusBody {
        StatusBody {
            company_id: Some(self.company.to_string()),
            session_id: Some(self.session.as_str().to_owned()),
        }
    }
}
