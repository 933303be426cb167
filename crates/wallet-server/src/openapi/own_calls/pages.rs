//! The card form's page, and the document itself.
//!
//! It must never describe the files of the page, whose names change with each build.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::operation::ApiOperation;

pub(super) fn operations() -> Vec<ApiOperation> {
    let page =
        |path, id, summary| ApiOperation::new(("get", path), ("Pages", id), summary).public();
    vec![
        page(
            "/stripe_hosted_forms/card_entry",
            "showStripeForm",
            "The page of the card form with Stripe's fields, for an iframe.",
        )
        .query::<FormQuery>()
        .html(200, "The form, or a sentence in its place.")
        .html(503, "The form is not built."),
        page(
            "/braintree_hosted_forms/card_entry",
            "showBraintreeForm",
            "The page of the card form with Braintree's fields, for an iframe.",
        )
        .query::<FormQuery>()
        .html(200, "The form, or a sentence in its place.")
        .html(503, "The form is not built."),
        page("/docs", "showDocumentation", "This document as a page.").html(200, "The page."),
        page(
            "/docs/openapi.json",
            "showOpenApiDocument",
            "This document.",
        )
        .answer::<OpenApiBody>(200, "The document, in OpenAPI 3.1."),
    ]
}

/// The query of the card form's page. `docs/embedding.md` describes every parameter.
#[derive(JsonSchema, Deserialize)]
#[allow(dead_code, reason = "the frame's own parser reads the query")]
struct FormQuery {
    /// The publishable key of the account, for Stripe's fields.
    stripe_publishable_key: Option<String>,
    /// The tokenization key of the account, for Braintree's fields.
    braintree_tokenization_key: Option<String>,
    /// `true` for card number, expiry date and security code; `false` for all payment methods.
    #[serde(rename = "creditCardsOnly")]
    credit_cards_only: Option<bool>,
    /// Whether the card is saved for later.
    #[serde(rename = "isForFutureUsage")]
    is_for_future_usage: Option<bool>,
    /// Whether the page gets the height of the form in messages.
    #[serde(rename = "notifyOnFormHeight")]
    notify_on_form_height: Option<bool>,
    /// The amount of a payment in major units.
    amount: Option<String>,
    /// The currency of the amount, e.g. `usd`.
    currency: Option<String>,
    /// The language of the form, as a BCP 47 tag.
    locale: Option<String>,
    /// The color scheme until the page sets a theme: `light`, `dark` or `auto`.
    color_scheme: Option<String>,
    /// The connected account that owns the card, `acct_…`.
    stripe_account: Option<String>,
    /// The only origin that gets messages of the form.
    parent_origin: Option<String>,
}

/// An OpenAPI document.
#[derive(JsonSchema, Serialize)]
struct OpenApiBody {
    /// The version of OpenAPI.
    openapi: String,
    /// The calls by path.
    paths: serde_json::Map<String, serde_json::Value>,
}
