//! `/v1/setup_intents`, but for confirming, which is `setup_confirm.rs`.

use super::customers::living;
use super::{Desk, new_card, payment_methods, setup_confirm};
use crate::error::ApiError;
use crate::form::merge;
use crate::key::Rights;
use crate::object::setup_intent::SetupStatus;
use crate::object::{SetupIntent, now};
use serde_json::{Map, Value};

const WRITABLE: &[&str] = &[
    "automatic_payment_methods[*]",
    "allowed_payment_method_types[]",
    "confirm",
    "customer",
    "description",
    "flow_directions[]",
    "mandate_data[*]",
    "metadata[*]",
    "on_behalf_of",
    "payment_method",
    "payment_method_data[*]",
    "payment_method_options[card][request_three_d_secure]",
    "payment_method_types[]",
    "return_url",
    "single_use[*]",
    "usage",
];

/// `POST /v1/setup_intents`.
pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(WRITABLE)?;
    let types = method_types(desk)?;
    let usage = params.text("usage").unwrap_or("off_session");
    if !matches!(usage, "off_session" | "on_session") {
        return Err(
            ApiError::invalid("Invalid usage: must be one of on_session or off_session")
                .param("usage"),
        );
    }
    let customer = params.text("customer");
    if let Some(customer) = customer {
        living(desk, customer, "customer")?;
    }
    let method = given_method(desk, customer)?;
    let confirm = params.flag("confirm")?;
    let mint = &mut desk.account().mint;
    let id = mint.id("seti");
    let intent = SetupIntent {
        client_secret: mint.client_secret(&id),
        id: id.clone(),
        created: now(),
        status: if method.is_some() {
            SetupStatus::RequiresConfirmation
        } else {
            SetupStatus::RequiresPaymentMethod
        },
        customer: customer.map(str::to_owned),
        payment_method: method,
        usage: usage.to_owned(),
        description: params.text("description").map(str::to_owned),
        metadata: params
            .map("metadata")
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .collect::<Map<_, _>>(),
        payment_method_types: types,
        allowed_payment_method_types: allowed_types(desk),
        request_three_d_secure: requested(desk).unwrap_or("automatic").to_owned(),
        last_error: None,
        cancellation_reason: None,
        latest_attempt: None,
        refusals: 0,
    };
    desk.account().setups.put(&id, intent);
    if confirm {
        setup_confirm::carry_out(desk, &id)
    } else {
        show(desk, &id)
    }
}

/// `GET /v1/setup_intents/:id`; a browser must hold its secret.
pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    check_secret(desk, id)?;
    show(desk, id)
}

/// `POST /v1/setup_intents/:id`.
pub fn update(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "customer",
        "description",
        "metadata[*]",
        "payment_method",
        "payment_method_types[]",
    ])?;
    let customer = match params.text("customer") {
        Some(customer) => Some(living(desk, customer, "customer")?.id.clone()),
        None => known(desk, id)?.customer.clone(),
    };
    let method = given_method(desk, customer.as_deref())?;
    let intent = known(desk, id)?;
    if matches!(
        intent.status,
        SetupStatus::Succeeded | SetupStatus::Canceled
    ) && method.is_some()
    {
        return Err(unexpected_state(intent, Rights::Secret, "update"));
    }
    intent.customer = customer;
    merge(&mut intent.metadata, params.map("metadata"));
    if let Some(description) = params.raw("description") {
        intent.description = Some(description.to_owned()).filter(|text| !text.is_empty());
    }
    if method.is_some() {
        intent.payment_method = method;
        intent.status = SetupStatus::RequiresConfirmation;
    }
    show(desk, id)
}

/// `POST /v1/setup_intents/:id/cancel`.
pub fn cancel(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["cancellation_reason"])?;
    let reason = params.text("cancellation_reason");
    if reason.is_some_and(|r| !matches!(r, "abandoned" | "requested_by_customer" | "duplicate")) {
        return Err(ApiError::invalid("Invalid cancellation_reason").param("cancellation_reason"));
    }
    let intent = known(desk, id)?;
    if matches!(
        intent.status,
        SetupStatus::Succeeded | SetupStatus::Canceled | SetupStatus::Processing
    ) {
        return Err(unexpected_state(intent, Rights::Secret, "cancel"));
    }
    intent.status = SetupStatus::Canceled;
    intent.cancellation_reason = reason.map(str::to_owned);
    show(desk, id)
}

/// `GET /v1/setup_intents`.
pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "customer",
        "payment_method",
        "limit",
        "starting_after",
        "ending_before",
        "created[*]",
    ])?;
    let (customer, method) = (params.text("customer"), params.text("payment_method"));
    desk.account().setups.page(
        params,
        "/v1/setup_intents",
        |intent| {
            customer.is_none_or(|id| intent.customer.as_deref() == Some(id))
                && method.is_none_or(|id| intent.payment_method.as_deref() == Some(id))
        },
        |intent| intent.to_json(Rights::Secret),
    )
}

/// The intent `id`.
pub fn known<'d>(desk: &'d mut Desk<'_>, id: &str) -> Result<&'d mut SetupIntent, ApiError> {
    desk.account()
        .setups
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("setupintent", id, "intent"))
}

/// The intent `id` as the caller may see it.
pub fn show(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let rights = desk.rights();
    known(desk, id).map(|intent| intent.to_json(rights))
}

/// A browser proves by the client secret that it may see the intent; a wrong one finds nothing.
pub fn check_secret(desk: &mut Desk<'_>, id: &str) -> Result<(), ApiError> {
    let given = desk.params().text("client_secret");
    let rights = desk.rights();
    let intent = known(desk, id)?;
    match (rights, given) {
        (Rights::Publishable, None) => Err(ApiError::parameter_missing("client_secret")),
        (_, Some(secret)) if secret != intent.client_secret => {
            Err(ApiError::missing("setupintent", id, "intent"))
        }
        _ => Ok(()),
    }
}

/// The method of `payment_method` or `payment_method_data[…]`, checked against `customer`.
pub fn given_method(
    desk: &mut Desk<'_>,
    customer: Option<&str>,
) -> Result<Option<String>, ApiError> {
    let params = desk.params();
    let id = match params.text("payment_method") {
        Some(id) => new_card::resolve(desk, id)?,
        None if params.has_any("payment_method_data") => {
            new_card::make(desk, "payment_method_data")?
        }
        None => return Ok(None),
    };
    payment_methods::usable_by(payment_methods::known(desk, &id)?, customer)?;
    Ok(Some(id))
}

/// `request_three_d_secure`, when it is given.
pub fn requested<'a>(desk: &Desk<'a>) -> Option<&'a str> {
    desk.params()
        .text("payment_method_options[card][request_three_d_secure]")
}

/// `allowed_payment_method_types[]`, when it is given.
pub fn allowed_types(desk: &Desk<'_>) -> Option<Vec<String>> {
    let given = desk.params().list("allowed_payment_method_types");
    (!given.is_empty()).then(|| given.into_iter().map(str::to_owned).collect())
}

/// `payment_method_types[]`, which endive no longer takes.
pub fn method_types(desk: &Desk<'_>) -> Result<Vec<String>, ApiError> {
    let params = desk.params();
    let types = params.list("payment_method_types");
    if !types.is_empty() && desk.call.version.ends_with(".endive") {
        return Err(ApiError::bad_value(
            "payment_method_types_no_longer_supported",
            "payment_method_types",
            "payment_method_types is no longer supported in this API version; use allowed_payment_method_types instead.",
        ));
    }
    let given = if types.is_empty() {
        params.list("allowed_payment_method_types")
    } else {
        types
    };
    let types: Vec<String> = given.into_iter().map(str::to_owned).collect();
    Ok(if types.is_empty() {
        vec!["card".to_owned()]
    } else {
        types
    })
}

/// 400 `setup_intent_unexpected_state`, with the intent, so that the caller sees what became of it.
pub fn unexpected_state(intent: &SetupIntent, rights: Rights, verb: &str) -> ApiError {
    let why = match &intent.status {
        SetupStatus::Succeeded => "it has already succeeded".to_owned(),
        status => format!("it has a status of {}", status.as_str()),
    };
    ApiError::invalid(&format!(
        "You cannot {verb} this SetupIntent because {why}."
    ))
    .code("setup_intent_unexpected_state")
    .with("setup_intent", intent.to_json(rights))
}
