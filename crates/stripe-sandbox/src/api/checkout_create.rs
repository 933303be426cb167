//! `POST /v1/checkout/sessions`: checks every parameter of a session and creates it.

use super::customers::find_customer;
use super::intent_params::{given_types, requested};
use super::{RequestContext, checkout_items, checkout_sessions, checkout_ui, internal_call};
use crate::error::ApiError;
use crate::form::Params;
use crate::metadata::{self, Metadata};
use crate::money;
use crate::object::checkout_session::{CheckoutMode, CheckoutStatus};
use crate::object::{CheckoutSession, LineItem, now};
use serde_json::Value;

const WRITABLE: &[&str] = &[
    "allowed_payment_method_types[]",
    "cancel_url",
    "client_reference_id",
    "currency",
    "customer",
    "customer_creation",
    "customer_email",
    "expires_at",
    "line_items[*]",
    "locale",
    "metadata[*]",
    "mode",
    "payment_intent_data[capture_method]",
    "payment_intent_data[description]",
    "payment_intent_data[metadata][*]",
    "payment_intent_data[receipt_email]",
    "payment_intent_data[setup_future_usage]",
    "payment_intent_data[statement_descriptor]",
    "payment_intent_data[statement_descriptor_suffix]",
    "payment_method_options[card][request_three_d_secure]",
    "payment_method_types[]",
    "redirect_on_completion",
    "return_url",
    "setup_intent_data[description]",
    "setup_intent_data[metadata][*]",
    "submit_type",
    "success_url",
    "ui_mode",
];

const MINUTE_SECONDS: i64 = 60;
const DAY_SECONDS: i64 = 24 * 60 * MINUTE_SECONDS;

const LOCALES: &[&str] = &[
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr",
    "fr-CA", "hi-IN", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl",
    "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
];

pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(WRITABLE)?;
    let ui = checkout_ui::read(ctx)?;
    let types = given_types(ctx)?.map_or_else(|| vec!["card".to_owned()], |types| types.names());
    if types.iter().any(|kind| kind != "card") {
        return Err(ApiError::not_modelled(
            "checkout sessions for other payment methods than cards",
        )
        .param("payment_method_types"));
    }
    let created = now();
    let expires_at = expiry(params, created)?;
    one_of(
        params,
        "locale",
        LOCALES,
        "a locale Checkout supports, or auto",
    )?;
    one_of(
        params,
        "submit_type",
        &["auto", "pay", "book", "donate"],
        "auto, pay, book, or donate",
    )?;
    let metadata = metadata::new(params)?;
    for intent in ["payment_intent_data", "setup_intent_data"] {
        // It is written to the intent later, but Stripe refuses invalid metadata already here.
        metadata::merged(&Metadata::new(), params, &format!("{intent}[metadata]"))?;
    }
    let (customer, customer_creation) = customer(ctx)?;
    let (items, currency) = items_and_currency(ctx)?;
    let mode = match params.required("mode")? {
        "setup" => CheckoutMode::Setup {
            intent: setup_intent(ctx, customer.as_deref())?,
        },
        _ => CheckoutMode::Payment { intent: None },
    };
    let ids = &mut ctx.account().ids;
    let id = format!("cs_test_a1{}{}", ids.alphanumeric(28), ids.alphanumeric(28));
    let own = |name: &str| params.text(name).map(str::to_owned);
    let session = CheckoutSession {
        client_secret: ids.client_secret(&id),
        id: id.clone(),
        created,
        expires_at,
        status: CheckoutStatus::Open,
        mode,
        ui,
        line_items: items,
        currency,
        customer,
        customer_creation,
        customer_email: own("customer_email"),
        client_reference_id: own("client_reference_id"),
        metadata,
        locale: own("locale"),
        submit_type: own("submit_type"),
        payment_method_types: types,
        request_three_d_secure: requested(ctx)?.unwrap_or_else(|| "automatic".to_owned()),
        intent_data: intent_data(params, "payment_intent_data"),
        created_customer: None,
        customer_details: None,
    };
    ctx.account().checkout_sessions.put(&id, session);
    checkout_sessions::object_of(ctx, &id)
}

/// The line items and their currency. In `setup` mode there are no items, and the currency is optional when payment
/// method types are given.
fn items_and_currency(
    ctx: &mut RequestContext<'_>,
) -> Result<(Vec<LineItem>, Option<String>), ApiError> {
    let params = ctx.params();
    let currency = match params.text("currency") {
        Some(text) => Some(money::currency(text, "currency")?.as_str().to_owned()),
        None => None,
    };
    match params.required("mode")? {
        "payment" => {
            refuse_for_mode(params, "setup_intent_data", "payment")?;
            let items = checkout_items::read(ctx)?;
            let first = items
                .first()
                .ok_or_else(|| ApiError::parameter_missing("line_items"))?;
            if currency.is_some_and(|currency| currency != first.currency) {
                return Err(ApiError::invalid(
                    "The currency of the session must be that of its line items.",
                )
                .param("currency"));
            }
            if items.iter().all(|item| item.total() == 0) {
                let what = "sessions that cost nothing; the total must be positive";
                return Err(ApiError::not_modelled(what).param("line_items"));
            }
            let currency = first.currency.clone();
            let total = items
                .iter()
                .map(LineItem::total)
                .fold(0, u64::saturating_add);
            money::total(
                total,
                &money::currency(&currency, "currency")?,
                "line_items",
            )?;
            Ok((items, Some(currency)))
        }
        "setup" => {
            refuse_for_mode(params, "line_items", "setup")?;
            refuse_for_mode(params, "payment_intent_data", "setup")?;
            if currency.is_none()
                && params.list("payment_method_types").is_empty()
                && params.list("allowed_payment_method_types").is_empty()
            {
                return Err(ApiError::parameter_missing("currency"));
            }
            Ok((Vec::new(), currency))
        }
        "subscription" => Err(ApiError::not_modelled("subscriptions").param("mode")),
        _ => Err(
            ApiError::invalid("Invalid mode: must be one of payment, setup, or subscription")
                .param("mode"),
        ),
    }
}

fn refuse_for_mode(params: &Params, name: &str, mode: &str) -> Result<(), ApiError> {
    if params.has_any(name) {
        let message = format!("You can not pass `{name}` in `{mode}` mode.");
        return Err(ApiError::invalid(&message).param(name));
    }
    Ok(())
}

/// The parameter `customer`, or else `customer_creation`.
fn customer(ctx: &mut RequestContext<'_>) -> Result<(Option<String>, Option<String>), ApiError> {
    let params = ctx.params();
    let Some(id) = params.text("customer") else {
        let known = &["always", "if_required"];
        one_of(params, "customer_creation", known, "always or if_required")?;
        let creation = params.text("customer_creation").unwrap_or("if_required");
        return Ok((None, Some(creation.to_owned())));
    };
    for other in ["customer_email", "customer_creation"] {
        if params.text(other).is_some() {
            return Err(ApiError::invalid(&format!(
                "You may only specify one of these parameters: customer, {other}."
            ))
            .code("parameters_exclusive")
            .param(other));
        }
    }
    let id = find_customer(ctx, id, "customer")?.id.clone();
    Ok((Some(id), None))
}

fn expiry(params: &Params, created: i64) -> Result<i64, ApiError> {
    let Some(at) = params.integer("expires_at")? else {
        return Ok(created + DAY_SECONDS);
    };
    let at = i64::try_from(at).unwrap_or(i64::MAX);
    let bound = if at < created + 30 * MINUTE_SECONDS {
        "at least 30 minutes"
    } else if at > created + DAY_SECONDS {
        "less than 24 hours"
    } else {
        return Ok(at);
    };
    let message =
        format!("The `expires_at` timestamp must be {bound} from Checkout Session creation.");
    Err(ApiError::invalid(&message).param("expires_at"))
}

fn one_of(params: &Params, name: &str, known: &[&str], message: &str) -> Result<(), ApiError> {
    match params.text(name) {
        Some(given) if !known.contains(&given) => {
            Err(ApiError::invalid(&format!("Invalid {name}: must be one of {message}")).param(name))
        }
        _ => Ok(()),
    }
}

/// The parameters under `payment_intent_data` or `setup_intent_data`, named as the call that creates the intent names
/// them.
fn intent_data(params: &Params, under: &str) -> Vec<(String, String)> {
    params
        .names_under(under)
        .filter_map(|name| {
            let value = params.text(&format!("{under}[{name}]"))?;
            let own = match name.split_once(']') {
                Some((first, rest)) => format!("{first}{}]", rest),
                None => name.to_owned(),
            };
            Some((own, value.to_owned()))
        })
        .collect()
}

fn setup_intent(ctx: &mut RequestContext<'_>, customer: Option<&str>) -> Result<String, ApiError> {
    let data = intent_data(ctx.params(), "setup_intent_data");
    let mut form: Vec<(&str, &str)> = data.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    form.push(("payment_method_types[]", "card"));
    form.extend(customer.map(|id| ("customer", id)));
    let three_d_secure = requested(ctx)?;
    if let Some(three_d_secure) = &three_d_secure {
        form.push((
            "payment_method_options[card][request_three_d_secure]",
            three_d_secure,
        ));
    }
    let made = internal_call::post(ctx, "/v1/setup_intents", &form)?;
    let id = made.get("id").and_then(Value::as_str).unwrap_or_default();
    Ok(id.to_owned())
}
