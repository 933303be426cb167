//! Checks a body: returns the request, or all errors of the body at once.
//!
//! An error must never repeat a value of the body.

use super::{
    Article, ArticleBody, CheckoutRequest, CreateCheckout, Guid, Reference, ResponseStatus,
    SessionId, StatusBody, StatusRequest, UiMode, UiModeOptions, WebAddress,
};
use crate::card::Country;
use crate::number::id_contains_card_number;

/// Stripe's own limit of line items in payment mode.
/// See <https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-line_items>.
const MAX_ARTICLES: usize = 100;
/// A larger quantity of one article is a typing error.
const MAX_QUANTITY: u32 = 1_000;

/// The errors found so far.
#[derive(Default)]
struct CheckoutErrors(ResponseStatus);

impl CheckoutErrors {
    fn required<T>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: fn(&str) -> Option<T>,
        form: &str,
    ) -> Option<T> {
        match text.filter(|text| !text.is_empty()) {
            None => {
                self.0
                    .add("NotEmpty", field, format!("{field} is missing."));
                None
            }
            Some(text) => self.parsed(field, text, parse, form),
        }
    }

    fn parsed<T>(
        &mut self,
        field: &str,
        text: &str,
        parse: fn(&str) -> Option<T>,
        form: &str,
    ) -> Option<T> {
        let parsed = parse(text);
        if parsed.is_none() {
            self.0
                .add("Invalid", field, format!("{field} must be {form}."));
        }
        parsed
    }

    fn company(&mut self, text: Option<&str>) -> Option<Guid> {
        let guid = self.required("CompanyId", text, Guid::parse, "a GUID")?;
        if guid.is_empty() {
            self.0.add("NotEmpty", "CompanyId", "CompanyId is missing.");
            return None;
        }
        Some(guid)
    }

    /// Reads an optional address; the outer `None` when it is not a web address.
    fn address(&mut self, field: &str, text: Option<&str>) -> Option<Option<WebAddress>> {
        match text.filter(|text| !text.is_empty()) {
            None => Some(None),
            Some(text) => self
                .parsed(
                    field,
                    text,
                    address_without_card_number,
                    "an address of the web, without a card number",
                )
                .map(Some),
        }
    }

    fn mode(&mut self, word: Option<&str>, cancel: Option<&str>) -> Option<UiModeOptions> {
        let word = word.filter(|word| !word.is_empty()).unwrap_or("hosted");
        match UiMode::parse(word) {
            Some(UiMode::Hosted) => {
                let cancel = self.address("CancelUrl", cancel)?;
                Some(UiModeOptions::Hosted { cancel })
            }
            Some(UiMode::Embedded) if cancel.is_none_or(str::is_empty) => {
                Some(UiModeOptions::Embedded)
            }
            Some(UiMode::Embedded) => {
                self.0.add(
                    "NotAllowed",
                    "CancelUrl",
                    "CancelUrl is not allowed when UiMode is embedded.",
                );
                None
            }
            _ => {
                self.0
                    .add("Invalid", "UiMode", "UiMode must be embedded or hosted.");
                None
            }
        }
    }

    fn articles(&mut self, rows: &[ArticleBody]) -> Option<Vec<Article>> {
        if rows.is_empty() {
            self.0.add("NotEmpty", "Articles", "Articles is missing.");
            return None;
        }
        if rows.len() > MAX_ARTICLES {
            self.0.add(
                "TooMany",
                "Articles",
                format!("Articles may be {MAX_ARTICLES} at most."),
            );
            return None;
        }
        rows.iter()
            .enumerate()
            .map(|(at, row)| self.article(at, row))
            // Not collected into an Option at once, so that the errors of every article are found.
            .collect::<Vec<_>>()
            .into_iter()
            .collect()
    }

    fn article(&mut self, at: usize, row: &ArticleBody) -> Option<Article> {
        // .NET's int is zero when it is left out, so zero means absent.
        let positive = |number: Option<i32>| u32::try_from(number?).ok().filter(|n| *n > 0);
        let id = positive(row.article_id);
        if id.is_none() {
            let field = format!("Articles[{at}].ArticleId");
            self.0
                .add("NotEmpty", &field, "Each article needs its ArticleId.");
        }
        let quantity = positive(row.quantity.or(Some(1))).filter(|n| *n <= MAX_QUANTITY);
        if quantity.is_none() {
            let field = format!("Articles[{at}].Quantity");
            self.0.add(
                "InclusiveBetween",
                &field,
                format!("Quantity must be 1 to {MAX_QUANTITY}."),
            );
        }
        Some(Article {
            id: id?,
            kind: positive(row.article_type_id),
            quantity: quantity?,
        })
    }
}

/// Reads an address that is sent to Stripe.
fn address_without_card_number(text: &str) -> Option<WebAddress> {
    WebAddress::parse(text).filter(|_| !id_contains_card_number(text))
}

impl CreateCheckout {
    /// Checks every member.
    ///
    /// # Errors
    /// One error for each member that is missing, invalid, or not allowed with another.
    pub fn check(self) -> Result<CheckoutRequest, ResponseStatus> {
        let mut errors = CheckoutErrors::default();
        let country = |text: &str| Country::parse(&text.to_ascii_uppercase());
        let company = errors.company(self.company_id.as_deref());
        let country = errors.required(
            "CountryCode",
            self.country_code.as_deref(),
            country,
            "two letters, such as SE",
        );
        let articles = errors.articles(self.articles.as_deref().unwrap_or_default());
        let reference = errors.required(
            "InternalReferenceId",
            self.internal_reference_id.as_deref(),
            Reference::parse,
            "a text of 200 characters at most, without a card number",
        );
        let confirmation = errors.address("ConfirmationUrl", self.confirmation_url.as_deref());
        let mode = errors.mode(self.ui_mode.as_deref(), self.cancel_url.as_deref());
        let request = || {
            Some(CheckoutRequest {
                company: company?,
                country: country?,
                articles: articles?,
                reference: reference?,
                confirmation: confirmation?,
                mode: mode?,
            })
        };
        request().ok_or(errors.0)
    }
}

impl StatusBody {
    /// Checks every member.
    ///
    /// # Errors
    /// One error for each member that is missing or invalid.
    pub fn check(self) -> Result<StatusRequest, ResponseStatus> {
        let mut errors = CheckoutErrors::default();
        let company = errors.company(self.company_id.as_deref());
        let session = errors.required(
            "SessionId",
            self.session_id.as_deref(),
            SessionId::parse,
            "a checkout session",
        );
        match (company, session) {
            (Some(company), Some(session)) => Ok(StatusRequest { company, session }),
            _ => Err(errors.0),
        }
    }
}
