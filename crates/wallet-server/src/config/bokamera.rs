//! The section `[accounts.bokamera]`: the company, the API key and the price list of a BokaMera account.
//!
//! Used by BokaMera's routes. It must never accept an API key that can be guessed.

use card_entry_protocol::dialect::bokamera::{Guid, WebAddress};
use card_entry_protocol::money::{Currency, MinorUnits};
use serde::Deserialize;

use super::ConfigError;
use super::error::invalid;
use super::secret::{check_caller_key, read_secret};
use crate::secret::{Fingerprint, Secret};

/// The raw section `[accounts.bokamera]`, as the TOML file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BokaMeraSettings {
    /// The company's GUID, `CompanyId` in requests.
    pub company: String,
    /// The key that the company's server sends as `x-api-key`. `api_key_env` is the safer way.
    pub api_key: Option<Secret>,
    /// The environment variable that holds the key.
    pub api_key_env: Option<String>,
    /// The page that Stripe's payment page leads to after the payment, where a request names none.
    pub confirmation_url: Option<String>,
    /// The articles that can be paid for.
    pub articles: Vec<ArticleSettings>,
}

/// One raw article: an inline table of `articles`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ArticleSettings {
    /// The number of the article, `ArticleId` in requests; 1 or more.
    pub id: u32,
    /// The number of its type, `ArticleTypeId` in requests, where it is optional.
    pub type_id: u32,
    /// The name that the payer reads.
    pub name: String,
    /// The price of one, in Stripe's minor units of the account's currency.
    pub price: u64,
}

/// One checked article of the price list.
#[derive(Debug, Clone)]
pub struct ListedArticle {
    /// The number of the article.
    pub id: u32,
    /// The number of its type.
    pub type_id: u32,
    /// The name that the payer reads.
    pub name: String,
    /// The price of one, in minor units.
    pub price: MinorUnits,
}

/// The checked form of the section `[accounts.bokamera]`.
#[derive(Debug, Clone)]
pub struct BokaMeraConfig {
    /// The company's GUID, `CompanyId` in requests.
    pub company: Guid,
    /// The fingerprint of the API key.
    pub key: Fingerprint,
    /// The page that Stripe's payment page leads to after the payment, where a request names none.
    pub confirmation: Option<WebAddress>,
    /// The articles that can be paid for; there is at least one.
    pub articles: Vec<ListedArticle>,
}

impl BokaMeraConfig {
    pub(super) fn check(
        at: usize,
        given: Option<BokaMeraSettings>,
        currency: &Currency,
    ) -> Result<Self, ConfigError> {
        let name = |field: &str| format!("accounts[{at}].bokamera.{field}");
        let given = given.unwrap_or_default();
        let company = Guid::parse(&given.company).filter(|company| !company.is_empty());
        let company = company.ok_or_else(|| {
            let problem = "give the company's GUID, 8-4-4-4-12 hexadecimal digits";
            invalid(name("company"), problem)
        })?;
        let key = read_secret(&name("api_key"), given.api_key, given.api_key_env)?;
        let key = key.ok_or_else(|| {
            let problem = "is missing; set it, or name a variable in api_key_env";
            invalid(name("api_key"), problem)
        })?;
        check_caller_key(&name("api_key"), &key)?;
        let confirmation = given.confirmation_url.as_deref().map(|text| {
            let problem = "give an absolute address of the web";
            WebAddress::parse(text).ok_or_else(|| invalid(name("confirmation_url"), problem))
        });
        if given.articles.is_empty() {
            return Err(invalid(
                name("articles"),
                "there is none; list what can be paid for",
            ));
        }
        let mut articles: Vec<ListedArticle> = Vec::new();
        for (number, given) in given.articles.into_iter().enumerate() {
            let of = |field: &str| name(&format!("articles[{number}].{field}"));
            if given.id == 0 || articles.iter().any(|other| other.id == given.id) {
                return Err(invalid(
                    of("id"),
                    "give each article a number of its own, 1 or more",
                ));
            }
            if given.name.trim().is_empty() {
                return Err(invalid(
                    of("name"),
                    "is missing; people read it as they pay",
                ));
            }
            let price = currency.check_amount(given.price).map_err(|error| {
                let problem = format!(
                    "give 1 to {} in minor units of {currency:?}, a multiple of {}. {}",
                    currency.max_amount(),
                    currency.step(),
                    error.sentence(currency)
                );
                invalid(of("price"), problem)
            })?;
            articles.push(ListedArticle {
                id: given.id,
                type_id: given.type_id,
                name: given.name,
                price,
            });
        }
        Ok(Self {
            company,
            key: Fingerprint::of(key.reveal()),
            confirmation: confirmation.transpose()?,
            articles,
        })
    }

    /// Whether a request could be meant for either account.
    pub(super) fn is_ambiguous_with(&self, other: &Self) -> bool {
        self.key == other.key || self.company == other.company
    }

    /// The article with this number.
    #[must_use]
    pub fn article(&self, id: u32) -> Option<&ListedArticle> {
        self.articles.iter().find(|article| article.id == id)
    }
}
