//! What a client sends, as it is on the wire; [`super::order`] makes sense of it.

use serde::{Deserialize, Serialize};

use crate::text::open_words;

open_words!(
    /// Where the person pays. These stay BokaMera's words, whatever Stripe calls them.
    UiMode, "not a UI mode", {
        /// On Stripe's page.
        Hosted = "hosted",
        /// In the site's page.
        Embedded = "embedded",
    }
);

/// `POST /checkout`. Read with [`CreateCheckout::check`], written by [`super::CheckoutOrder::body`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateCheckout {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) company_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) country_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) articles: Option<Vec<ArticleBody>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) internal_reference_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) confirmation_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cancel_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ui_mode: Option<String>,
}

/// A row of `Articles`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ArticleBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) article_id: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) article_type_id: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) quantity: Option<i32>,
}

/// `POST /checkout/status`. Read with [`StatusBody::check`], written by [`super::StatusOrder::body`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct StatusBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) company_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) session_id: Option<String>,
}
