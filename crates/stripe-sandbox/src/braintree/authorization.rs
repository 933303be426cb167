//! Who calls, and what they may: a server's pair of keys, a client token, or a tokenization key.
//!
//! Every merchant has the public key `public_<merchant>` and the private key `private_<merchant>` (or its bare id for
//! either), and the tokenization keys `sandbox_<anything>_<merchant>`. A production key is refused.

use super::graphql::{ErrorClass, GraphError};
use super::merchant::Gateway;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// What came with a client token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Old id of the customer the browser acts for.
    pub customer: Option<String>,
    /// Verify a card before the browser's call stores it.
    pub verify_card: bool,
    /// Refuse a card that anyone has stored.
    pub fail_on_duplicate: bool,
    /// Make a stored card the customer's default.
    pub make_default: bool,
}

/// What a caller may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rights {
    Server,
    /// What a browser may, for one customer if one was named.
    ClientToken(Grant),
    /// What a browser may, without a customer.
    TokenizationKey,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub merchant: String,
    /// What the caller may do.
    pub rights: Rights,
}

const REFUSED: &str = "Authentication credentials are invalid.";
const LIVE: &str = "This is a sandbox: it refuses production keys.";

impl Caller {
    /// Reads an `Authorization` header.
    ///
    /// # Errors
    /// `AUTHENTICATION` when it is not there, of production, unknown, or of another merchant.
    pub fn read(header: Option<&str>, gateway: &mut Gateway) -> Result<Self, GraphError> {
        let refuse = |words| GraphError::of(ErrorClass::Authentication, words);
        let header = header.ok_or_else(|| refuse("An authorization header is required."))?;
        let caller = match header.split_once(' ') {
            Some(("Basic", pair)) => server(pair.trim()),
            Some(("Bearer", token)) if is_live(token) => return Err(refuse(LIVE)),
            Some(("Bearer", token)) => browser(token.trim(), gateway),
            _ => None,
        };
        caller.ok_or_else(|| refuse(REFUSED))
    }
}

fn server(pair: &str) -> Option<Caller> {
    let pair = String::from_utf8(BASE64.decode(pair).ok()?).ok()?;
    let (public, private) = pair.split_once(':')?;
    let bare = |key: &str, prefix: &str| key.strip_prefix(prefix).unwrap_or(key).to_owned();
    let merchant = bare(public, "public_");
    (is_merchant(&merchant) && bare(private, "private_") == merchant).then_some(Caller {
        merchant,
        rights: Rights::Server,
    })
}

fn browser(token: &str, gateway: &mut Gateway) -> Option<Caller> {
    if let Some(merchant) = merchant_of(token) {
        return Some(Caller {
            merchant,
            rights: Rights::TokenizationKey,
        });
    }
    let merchant = token
        .split(['|', '&'])
        .find_map(|part| part.strip_prefix("merchant_id="))?;
    let grant =
        is_merchant(merchant).then(|| gateway.merchant(merchant).grants.get(token).cloned())??;
    Some(Caller {
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

/// Whether `id` could be a merchant's.
#[must_use]
pub fn is_merchant(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 100
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn is_live(token: &str) -> bool {
    token.starts_with("production_") || token.starts_with("access_token$production$")
}
