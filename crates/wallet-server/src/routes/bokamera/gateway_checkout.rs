//! Turns BokaMera's checkout request into the gateway's: prices come from the configuration, and URLs are checked.
//!
//! Called by `POST /checkout`. It must never accept a URL that is not on one of the account's own origins.

use card_entry_protocol::dialect::bokamera::{
    CheckoutRequest, ResponseStatus, UiModeOptions, WebAddress,
};
use card_entry_protocol::money::{AmountError, Currency};

use crate::config::{Account, BokaMeraConfig};
use crate::gateway::{CheckoutUiMode, LineItem, NewCheckout};

/// Makes the gateway's checkout of a request.
///
/// # Errors
/// All unknown articles and foreign URLs at once.
pub(super) fn gateway_checkout(
    account: &Account,
    company: &BokaMeraConfig,
    request: &CheckoutRequest,
) -> Result<NewCheckout, ResponseStatus> {
    let mut errors = ResponseStatus::default();
    let line_items = line_items(company, request, &account.currency, &mut errors);
    let confirmation = request.confirmation.as_ref();
    check_own_origin(account, "ConfirmationUrl", confirmation, &mut errors);
    let ui_mode = match &request.mode {
        UiModeOptions::Embedded => CheckoutUiMode::Embedded {
            return_url: confirmation.map(text),
        },
        UiModeOptions::Hosted { cancel } => {
            check_own_origin(account, "CancelUrl", cancel.as_ref(), &mut errors);
            let success = confirmation.or(company.confirmation.as_ref()).map(text);
            if success.is_none() {
                let sentence =
                    "ConfirmationUrl is missing: the payment page has to lead somewhere.";
                errors.add("NotEmpty", "ConfirmationUrl", sentence);
            }
            CheckoutUiMode::Hosted {
                success_url: success.unwrap_or_default(),
                cancel_url: cancel.as_ref().map(text),
            }
        }
    };
    if !errors.errors.is_empty() {
        return Err(errors);
    }
    Ok(NewCheckout {
        line_items,
        ui_mode,
        metadata: vec![
            ("bokamera_company_id", request.company.to_string()),
            (
                "bokamera_internal_reference_id",
                request.reference.as_str().to_owned(),
            ),
            ("bokamera_country_code", request.country.as_str().to_owned()),
        ],
    })
}

fn text(address: &WebAddress) -> String {
    address.as_str().to_owned()
}

fn line_items(
    company: &BokaMeraConfig,
    request: &CheckoutRequest,
    currency: &Currency,
    errors: &mut ResponseStatus,
) -> Vec<LineItem> {
    let mut lines = Vec::new();
    let mut total = 0_u64;
    for (at, ordered) in request.articles.iter().enumerate() {
        let Some(article) = company.article(ordered.id) else {
            let sentence = format!("There is no article {}.", ordered.id);
            errors.add("NotFound", &format!("Articles[{at}].ArticleId"), sentence);
            continue;
        };
        if ordered.kind.is_some_and(|kind| kind != article.type_id) {
            let sentence = format!("Article {} is of another type.", ordered.id);
            errors.add(
                "NotFound",
                &format!("Articles[{at}].ArticleTypeId"),
                sentence,
            );
            continue;
        }
        total = total.saturating_add(
            article
                .price
                .get()
                .saturating_mul(u64::from(ordered.quantity)),
        );
        lines.push(LineItem {
            name: article.name.clone(),
            price: article.price,
            quantity: ordered.quantity,
        });
    }
    // The total is known only if all articles are.
    if lines.len() == request.articles.len()
        && let Err(error) = currency.check_charge(total)
    {
        let code = match error {
            AmountError::AboveMaximum(_) => "TooLarge",
            AmountError::BelowMinimum(_) | AmountError::Zero => "TooSmall",
            AmountError::TooPrecise => "InvalidAmount",
        };
        errors.add(code, "Articles", error.sentence(currency));
    }
    lines
}

/// Refuses a URL that is not on one of the account's own origins: the payer is sent there.
fn check_own_origin(
    account: &Account,
    field: &str,
    address: Option<&WebAddress>,
    errors: &mut ResponseStatus,
) {
    let is_own = |address: &WebAddress| {
        address
            .origin()
            .is_some_and(|origin| account.has_parent(origin.as_str()))
    };
    if address.is_some_and(|address| !is_own(address)) {
        let sentence = format!("{field} must lead to one of the company’s own pages.");
        errors.add("NotAllowed", field, sentence);
    }
}
