//! From what the vendor's API was asked for to what the gateway is: articles have prices here, addresses are the
//! account's own.

use card_entry_protocol::dialect::bokamera::{
    CheckoutMode, CheckoutRequest, ResponseStatus, WebAddress,
};
use card_entry_protocol::money::{AmountError, Currency};

use crate::config::{Account, BokaMera};
use crate::gateway::{Line, NewCheckout, Place};

/// Prices an order.
///
/// # Errors
/// Every article that is not on the list and every address that is not the account's, at once.
pub(super) fn price(
    account: &Account,
    own: &BokaMera,
    order: &CheckoutRequest,
) -> Result<NewCheckout, ResponseStatus> {
    let mut wrong = ResponseStatus::default();
    let lines = lines(own, order, &account.currency, &mut wrong);
    let confirmation = order.confirmation.as_ref();
    check_own(account, "ConfirmationUrl", confirmation, &mut wrong);
    let place = match &order.mode {
        CheckoutMode::Embedded => Place::Embedded {
            back: confirmation.map(text),
        },
        CheckoutMode::Hosted { cancel } => {
            check_own(account, "CancelUrl", cancel.as_ref(), &mut wrong);
            let success = confirmation.or(own.confirmation.as_ref()).map(text);
            if success.is_none() {
                let words = "ConfirmationUrl is missing: the payment page has to lead somewhere.";
                wrong.add("NotEmpty", "ConfirmationUrl", words);
            }
            Place::Hosted {
                success: success.unwrap_or_default(),
                cancel: cancel.as_ref().map(text),
            }
        }
    };
    if !wrong.errors.is_empty() {
        return Err(wrong);
    }
    Ok(NewCheckout {
        lines,
        place,
        notes: vec![
            ("bokamera_company_id", order.company.to_string()),
            (
                "bokamera_internal_reference_id",
                order.reference.as_str().to_owned(),
            ),
            ("bokamera_country_code", order.country.as_str().to_owned()),
        ],
    })
}

fn text(address: &WebAddress) -> String {
    address.as_str().to_owned()
}

fn lines(
    own: &BokaMera,
    order: &CheckoutRequest,
    currency: &Currency,
    wrong: &mut ResponseStatus,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut total = 0_u64;
    for (at, wanted) in order.articles.iter().enumerate() {
        let Some(article) = own.article(wanted.id) else {
            let words = format!("There is no article {}.", wanted.id);
            wrong.add("NotFound", &format!("Articles[{at}].ArticleId"), words);
            continue;
        };
        if wanted.kind.is_some_and(|kind| kind != article.type_id) {
            let words = format!("Article {} is of another type.", wanted.id);
            wrong.add("NotFound", &format!("Articles[{at}].ArticleTypeId"), words);
            continue;
        }
        total = total.saturating_add(
            article
                .price
                .get()
                .saturating_mul(u64::from(wanted.quantity)),
        );
        lines.push(Line {
            name: article.name.clone(),
            price: article.price,
            quantity: wanted.quantity,
        });
    }
    // A total of unknown articles says nothing.
    if lines.len() == order.articles.len()
        && let Err(error) = currency.charge(total)
    {
        let code = match error {
            AmountError::AboveMaximum(_) => "TooLarge",
            AmountError::BelowMinimum(_) | AmountError::Zero => "TooSmall",
            AmountError::TooPrecise => "InvalidAmount",
        };
        wrong.add(code, "Articles", error.sentence(currency));
    }
    lines
}

/// A person is sent there after they paid: nobody else's page may be named.
fn check_own(
    account: &Account,
    field: &str,
    address: Option<&WebAddress>,
    wrong: &mut ResponseStatus,
) {
    let is_own = |address: &WebAddress| {
        address
            .origin()
            .is_some_and(|origin| account.has_page(origin.as_str()))
    };
    if address.is_some_and(|address| !is_own(address)) {
        let words = format!("{field} must lead to one of the company’s own pages.");
        wrong.add("NotAllowed", field, words);
    }
}
