//! `X-Signature`: HMAC-SHA256 (RFC 2104) of a request with the API secret, in base64.
//!
//! The site's own server creates it and the wallet server checks it. A page must never have the secret. The signature proves
//! the caller and that the request was not changed. It has no date, so a recorded request can be sent again: TLS is required.
//! See <https://ticketevolution.atlassian.net/wiki/spaces/API/pages/983115/Signing+requests+with+X-Signature>.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::encoding::form_decode;

/// The header with the caller's API token.
pub const TOKEN_HEADER: &str = "x-token";
/// The header with the signature of the request.
pub const SIGNATURE_HEADER: &str = "x-signature";

/// The parts of a request that are signed.
///
/// ```
/// use card_entry_protocol::dialect::ticket_evolution::signing::{ApiSecret, SignableRequest};
///
/// let request = SignableRequest {
///     method: "GET",
///     host: "api.ticketevolution.com",
///     path: "/v9/brokerages",
///     query: "per_page=1&page=1",
///     body: b"",
/// };
/// let canonical = request.canonical();
/// assert_eq!(canonical, b"GET api.ticketevolution.com/v9/brokerages?page=1&per_page=1");
///
/// let secret = ApiSecret::new("an API secret").expect("not empty");
/// assert!(secret.verify(&request, &secret.sign(&request)));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct SignableRequest<'a> {
    /// The method in capitals, e.g. `GET`.
    pub method: &'a str,
    /// The `Host` header. Its port is not signed, as in the vendor's own clients.
    pub host: &'a str,
    /// The path as it is sent, percent-encoded.
    pub path: &'a str,
    /// The query as it is sent, percent-encoded and without the question mark. It is signed in the order of its encoded keys.
    pub query: &'a str,
    /// The body as it is sent, byte for byte. If there is one, it is signed in place of the query: the server must refuse a
    /// request with both.
    pub body: &'a [u8],
}

impl SignableRequest<'_> {
    /// The text that is signed, e.g. `GET api.ticketevolution.com/v9/brokerages?page=1&per_page=1`. It always has a question
    /// mark.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        self.text(without_port(self.host), &sorted(self.query, str::to_owned))
    }

    /// Every text that the vendor's clients sign for this request: the host without and with the port, and the query sorted
    /// by encoded keys, sorted by decoded keys, and as it is sent.
    fn texts(&self) -> impl Iterator<Item = Vec<u8>> {
        let decoded = |key: &str| form_decode(key).unwrap_or_else(|| key.to_owned());
        let queries = [
            sorted(self.query, str::to_owned),
            sorted(self.query, decoded),
            self.query.to_owned(),
        ];
        [without_port(self.host), self.host]
            .into_iter()
            .flat_map(move |host| queries.clone().map(|query| self.text(host, &query)))
    }

    fn text(&self, host: &str, query: &str) -> Vec<u8> {
        let mut text = format!("{} {host}{}?", self.method, self.path).into_bytes();
        if self.body.is_empty() {
            text.extend_from_slice(query.as_bytes());
        } else {
            text.extend_from_slice(self.body);
        }
        text
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    }
}

/// Sorts the pairs of a query by key. Pairs with one key stay in their order.
fn sorted(query: &str, by: impl Fn(&str) -> String) -> String {
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    pairs.sort_by_key(|pair| by(pair.split('=').next().unwrap_or_default()));
    pairs.join("&")
}

/// The API secret with which requests are signed. Its memory is overwritten when it is dropped, and its `Debug` is `***`.
#[derive(Clone)]
pub struct ApiSecret(Zeroizing<String>);

impl core::fmt::Debug for ApiSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl ApiSecret {
    /// Copies a secret; `None` for an empty text, with which everybody could sign.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// Starts a MAC over a text.
    fn mac(&self, text: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).ok()?;
        mac.update(text);
        Some(mac)
    }

    /// Signs a request: the base64 value of [`SIGNATURE_HEADER`].
    #[must_use]
    pub fn sign(&self, request: &SignableRequest<'_>) -> String {
        // HMAC accepts a key of any length, so this is never `None`.
        self.mac(&request.canonical())
            .map(|mac| STANDARD.encode(mac.finalize().into_bytes()))
            .unwrap_or_default()
    }

    /// Whether a signature belongs to this request. The comparison takes constant time.
    ///
    /// The vendor's clients sort the keys differently, and one of them signs the host with its port. Every text that is
    /// accepted identifies this request and no other.
    #[must_use]
    pub fn verify(&self, request: &SignableRequest<'_>, signature: &str) -> bool {
        let Ok(given) = STANDARD.decode(signature.trim_ascii_end()) else {
            return false;
        };
        let is = |text: Vec<u8>| {
            self.mac(&text)
                .is_some_and(|mac| mac.verify_slice(&given).is_ok())
        };
        // Every text is always compared, so that the time does not show which one matched.
        request.texts().fold(false, |known, text| known | is(text))
    }
}

#[cfg(test)]
mod tests;
