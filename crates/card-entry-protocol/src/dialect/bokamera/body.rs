//! The request bodies as they are on the wire. [`super::request`] checks them.
//!
//! A body must never be used before its `check`: every member may be missing or invalid.

use core::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::dialect::lenient::{Text, Whole};
use crate::text::open_words;

open_words!(
    /// The page on which the person pays, in BokaMera's words. They do not change when Stripe renames its UI modes.
    UiMode, "not a UI mode", {
        /// The person pays on Stripe's page.
        Hosted = "hosted",
        /// The person pays in the site's own page.
        Embedded = "embedded",
    }
);

/// The body of `POST /checkout`. [`CreateCheckout::check`] reads it, [`super::CheckoutRequest::body`] writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "PascalCase")]
pub struct CreateCheckout {
    /// The GUID of the company.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) company_id: Option<String>,
    /// The country of the checkout, two capital letters (ISO 3166-1 alpha-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) country_code: Option<String>,
    /// The articles to pay for, 1 to 100. The company's price list has their prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) articles: Option<Vec<ArticleBody>>,
    /// The site's own id of what is paid for. A new checkout of it expires the older one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) internal_reference_id: Option<String>,
    /// The URL to which the person returns after the payment, on one of the company's own pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) confirmation_url: Option<String>,
    /// The URL of the back button on Stripe's page; with `hosted` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cancel_url: Option<String>,
    /// `hosted`, which is the default, or `embedded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ui_mode: Option<String>,
}

/// An item of `Articles`, as it is on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "PascalCase")]
pub struct ArticleBody {
    /// The number of the article in the company's price list.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) article_id: Option<i32>,
    /// The type of the article, for companies with more than one type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) article_type_id: Option<i32>,
    /// The quantity, 1 to 1,000.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) quantity: Option<i32>,
}

/// The body of `POST /checkout/status`. [`StatusBody::check`] reads it, [`super::StatusRequest::body`] writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "PascalCase")]
pub struct StatusBody {
    /// The GUID of the company.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) company_id: Option<String>,
    /// The id of the checkout session, `cs_…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) session_id: Option<String>,
}

/// Implements reading of members in any case, as ServiceStack does. If two members differ in case only, the last one counts.
/// See <https://github.com/ServiceStack/ServiceStack.Text>, `DeserializeTypeRefJson`.
macro_rules! any_case {
    ($($body:ident { $($name:literal $member:ident: $kind:ty,)+ })+) => {
        /// The names of all members, in the vendor's spelling.
        const NAMES: &[&str] = &[$($($name,)+)+];

        $(impl<'de> Deserialize<'de> for $body {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Members;

                impl<'de> Visitor<'de> for Members {
                    type Value = $body;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$body, A::Error> {
                        let mut body = $body::default();
                        while let Some(name) = map.next_key::<String>()? {
                            match name {
                                $(name if name.eq_ignore_ascii_case($name) => {
                                    body.$member = map.next_value::<$kind>()?.into();
                                })+
                                _ => {
                                    map.next_value::<IgnoredAny>()?;
                                }
                            }
                        }
                        Ok(body)
                    }
                }

                from.deserialize_map(Members)
            }
        })+
    };
}

any_case! {
    CreateCheckout {
        "CompanyId" company_id: Text,
        "CountryCode" country_code: Text,
        "Articles" articles: Option<Vec<ArticleBody>>,
        "InternalReferenceId" internal_reference_id: Text,
        "ConfirmationUrl" confirmation_url: Text,
        "CancelUrl" cancel_url: Text,
        "UiMode" ui_mode: Text,
    }
    ArticleBody {
        "ArticleId" article_id: Whole<i32>,
        "ArticleTypeId" article_type_id: Whole<i32>,
        "Quantity" quantity: Whole<i32>,
    }
    StatusBody {
        "CompanyId" company_id: Text,
        "SessionId" session_id: Text,
    }
}

/// The path of a member in the vendor's spelling, for error responses.
///
/// ```
/// use card_entry_protocol::dialect::bokamera::member_name;
///
/// assert_eq!(member_name("articles[0].quantity"), "Articles[0].Quantity");
/// ```
#[must_use]
pub fn member_name(path: &str) -> String {
    let known = |part: &str| {
        let (name, index) = part.split_at(part.find('[').unwrap_or(part.len()));
        let known = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name));
        format!("{}{index}", known.copied().unwrap_or(name))
    };
    path.split('.').map(known).collect::<Vec<_>>().join(".")
}
