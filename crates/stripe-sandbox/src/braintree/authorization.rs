//! Authenticates a caller by a key pair (server), a client token or a tokenization key (browser).
//!
//! Every merchant has the public key `public_<merchant>`, the private key `private_<merchant>` (the bare merchant id works
//! for either), and the tokenization keys `sandbox_<anything>_<merchant>`. It must never accept a production key.

use super::graphql::{ErrorClass, GraphError};
use super::merchant::Merchants;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// The options a client token was created with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientTokenGrant {
    /// Legacy id of the customer the browser acts for.
    pub customer: Option<String>,
    /// Verify the card before tokenization stores it in the vault.
    pub verify_card: bool,
    /// Refuse a card that any customer has in the vault.
    pub fail_on_duplicate: bool,
    /// Make the stored card the customer's default.
    pub make_default: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rights {
    Server,
    /// Browser rights, for one customer if the token names one.
    ClientToken(ClientTokenGrant),
    /// Browser rights without a customer.
    TokenizationKey,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BraintreeCaller {
    pub merchant: String,
    pub rights: Rights,
}

const INVALID_CREDENTIALS: &str = "Authentication credentials are invalid.";
const PRODUCTION_KEY: &str = "This is a sandbox: it refuses production keys.";

impl BraintreeCaller {
    /// Authenticates an `Authorization` header.
    ///
    /// # Errors
    /// `AUTHENTICATION` when the header is missing, invalid, or holds a production key.
    pub fn authenticate(
        header: Option<&str>,
        merchants: &mut Merchants,
    ) -> Result<Self, GraphError> {
        let refuse = |message| GraphError::of(ErrorClass::Authentication, message);
        let header = header.ok_or_else(|| refuse("An authorization header is required."))?;
        let caller = match header.split_once(' ') {
            Some(("Basic", pair)) => server(pair.trim()),
            Some(("Bearer", token)) if is_production(token) => return Err(refuse(PRODUCTION_KEY)),
            Some(("Bearer", token)) => browser(token.trim(), merchants),
            _ => None,
        };
        caller.ok_or_else(|| refuse(INVALID_CREDENTIALS))
    }
}

fn server(pair: &str) -> Option<BraintreeCaller> {
    let pair = String::from_utf8(BASE64.decode(pair).ok()?).ok()?;
    let (public, private) = pair.split_once(':')?;
    let bare = |key: &str, prefix: &str| key.strip_prefix(prefix).unwrap_or(key).to_owned();
    let merchant = bare(public, "public_");
    (is_merchant(&merchant) && bare(private, "private_") == merchant).then_some(BraintreeCaller {
        merchant,
        rights: Rights::Server,
    })
}

fn browser(token: &str, merchants: &mut Merchants) -> Option<BraintreeCaller> {
    if let Some(merchant) = merchant_of(token) {
        return Some(BraintreeCaller {
            merchant,
            rights: Rights::TokenizationKey,
        });
    }
    let merchant = token
        .split(['|', '&'])
        .find_map(|part| part.strip_prefix("merchant_id="))?;
    let grant = is_merchant(merchant)
        .then(|| merchants.merchant(merchant).grants.get(token).cloned())??;
    Some(BraintreeCaller {
        merchant: merchant.to_owned(),
        rights: Rights::ClientToken(grant),
    })
}

/// The merchant of a tokenization key, `sandbox_<anything>_<merchant>`.
#[must_use]
pub fn merchant_of(key: &str) -> Option<String> {
    let (_, merchant) = key.strip_prefix("sandbox_")?.split_once('_')?;
    is_merchant(merchant).then(|| merchant.to_owned())
}

/// Whether `id` has the form of a merchant id.
#[must_use]
pub fn is_merchant(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 100
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn is_production(token: &str) -> bool {
    token.starts_with("production_") || token.starts_with("access_token$production$")
}
