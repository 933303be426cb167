//! What only an account of BokaMera needs: the section `[accounts.bokamera]`, its company, its key, its price list.

use card_entry_protocol::dialect::bokamera::{Guid, WebAddress};
use card_entry_protocol::money::{Currency, MinorUnits};
use serde::Deserialize;

use super::account::secret;
use super::{ConfigError, wrong};
use crate::secret::{Fingerprint, Secret};

/// The fewest characters of a key: less could be guessed.
const SHORTEST_KEY: usize = 16;

/// The section, as the file spells it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BokaMeraSettings {
    /// The company's GUID, `CompanyId`.
    pub company: String,
    /// The key its server calls with, `x-api-key`; better named by `api_key_env`.
    pub api_key: Option<Secret>,
    /// The environment variable that holds it.
    pub api_key_env: Option<String>,
    /// Where a person comes back to who paid on Stripe's page, when the request does not say.
    pub confirmation_url: Option<String>,
    /// What can be paid for.
    pub articles: Vec<ArticleSettings>,
}

/// Something that can be paid for, as the file spells it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ArticleSettings {
    /// Its number, `ArticleId`; 1 or more.
    pub id: u32,
    /// The number of its kind, `ArticleTypeId`; a request may leave it out.
    pub type_id: u32,
    /// Its name, as the person who pays reads it.
    pub name: String,
    /// What one costs, in the minor units of the account's currency, as Stripe counts them.
    pub price: u64,
}

/// Something that can be paid for.
#[derive(Debug, Clone)]
pub struct Article {
    /// Its number.
    pub id: u32,
    /// The number of its kind.
    pub type_id: u32,
    /// Its name.
    pub name: String,
    /// What one costs.
    pub price: MinorUnits,
}

/// The section, checked.
#[derive(Debug, Clone)]
pub struct BokaMera {
    /// The company.
    pub company: Guid,
    /// Recognises its server's key.
    pub key: Fingerprint,
    /// Where a person comes back to who paid on Stripe's page, when the request does not say.
    pub confirmation: Option<WebAddress>,
    /// What can be paid for; never nothing.
    pub articles: Vec<Article>,
}

impl BokaMera {
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
            wrong(name("company"), problem)
        })?;
        let key = secret(&name("api_key"), given.api_key, given.api_key_env)?;
        let key = key.filter(|key| key.reveal().len() >= SHORTEST_KEY);
        let key = key.ok_or_else(|| {
            let problem = "is missing or too short; use 16 random characters or more";
            wrong(name("api_key"), problem)
        })?;
        let confirmation = given.confirmation_url.as_deref().map(|text| {
            let problem = "give an absolute address of the web";
            WebAddress::parse(text).ok_or_else(|| wrong(name("confirmation_url"), problem))
        });
        if given.articles.is_empty() {
            return Err(wrong(
                name("articles"),
                "there is none; list what can be paid for",
            ));
        }
        let mut articles: Vec<Article> = Vec::new();
        for (number, given) in given.articles.into_iter().enumerate() {
            let of = |field: &str| name(&format!("articles[{number}].{field}"));
            if given.id == 0 || articles.iter().any(|other| other.id == given.id) {
                return Err(wrong(
                    of("id"),
                    "give each article a number of its own, 1 or more",
                ));
            }
            if given.name.trim().is_empty() {
                return Err(wrong(of("name"), "is missing; people read it as they pay"));
            }
            let price = currency.amount(given.price).map_err(|error| {
                let problem = format!(
                    "give 1 to {} in minor units of {currency:?}, a multiple of {}. {}",
                    currency.max_amount(),
                    currency.step(),
                    error.sentence(currency)
                );
                wrong(of("price"), problem)
            })?;
            articles.push(Article {
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

    /// Whether a caller of one could be taken for the other's.
    pub(super) fn is_mistaken_for(&self, other: &Self) -> bool {
        self.key == other.key || self.company == other.company
    }

    /// The article of a number.
    #[must_use]
    pub fn article(&self, id: u32) -> Option<&Article> {
        self.articles.iter().find(|article| article.id == id)
    }
}
