//! `X-Signature`: HMAC-SHA256 of a request under the API secret, in base64.
//!
//! Checked by the wallet server; made by the site's own server for its pages, which must never hold the secret. It says
//! who asks, and that nothing was changed on the way; it has no date, so a request that was overheard can be sent again:
//! TLS is not optional.
//! See <https://ticketevolution.atlassian.net/wiki/spaces/API/pages/983115/Signing+requests+with+X-Signature>.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::encoding::form_decode;

/// The header that names the caller.
pub const TOKEN_HEADER: &str = "x-token";
/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-signature";

/// A request, as far as it is signed.
#[derive(Debug, Clone, Copy)]
pub struct SignableRequest<'a> {
    /// In capitals.
    pub method: &'a str,
    /// The `Host` header; its port is left out of what is signed, as the vendor's own clients do.
    pub host: &'a str,
    /// As it is sent, still encoded.
    pub path: &'a str,
    /// As it is sent, still encoded, without the question mark. Sorted by its encoded keys here.
    pub query: &'a str,
    /// As it is sent, byte for byte. Where there is one it takes the query's place, and the query is not signed: whoever
    /// checks must refuse a request with both.
    pub body: &'a [u8],
}

impl SignableRequest<'_> {
    /// What is signed: `GET api.ticketevolution.com/v9/brokerages?page=1&per_page=1`. The question mark is always there.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        self.text(without_port(self.host), &sorted(self.query, str::to_owned))
    }

    /// Every text that a client signs for this very request: its host without and with the port; its query sorted by
    /// encoded keys, by decoded keys, and as it is sent.
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

/// The pairs of a query by key, those of one key as they came.
fn sorted(query: &str, by: impl Fn(&str) -> String) -> String {
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    pairs.sort_by_key(|pair| by(pair.split('=').next().unwrap_or_default()));
    pairs.join("&")
}

/// The secret requests are signed with. Overwritten when dropped, and never printed.
#[derive(Clone)]
pub struct ApiSecret(Zeroizing<String>);

impl core::fmt::Debug for ApiSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl ApiSecret {
    /// Takes a secret; `None` for an empty one, with which everybody could sign.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// A MAC of any key's length, begun with a text.
    fn mac(&self, text: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()).ok()?;
        mac.update(text);
        Some(mac)
    }

    /// The signature of a request, for [`SIGNATURE_HEADER`].
    #[must_use]
    pub fn sign(&self, request: &SignableRequest<'_>) -> String {
        // HMAC takes a key of any length, so there always is one.
        self.mac(&request.canonical())
            .map(|mac| STANDARD.encode(mac.finalize().into_bytes()))
            .unwrap_or_default()
    }

    /// Whether a signature is this request's. The comparison takes the same time wherever the two differ.
    ///
    /// The vendor's clients differ in the order of the keys, and one of them signs its host with the port. Each of these
    /// texts names this request and no other.
    #[must_use]
    pub fn verify(&self, request: &SignableRequest<'_>, signature: &str) -> bool {
        let Ok(given) = STANDARD.decode(signature.trim_ascii_end()) else {
            return false;
        };
        let is = |text: Vec<u8>| {
            self.mac(&text)
                .is_some_and(|mac| mac.verify_slice(&given).is_ok())
        };
        // All, always: which of them it was is nobody's business.
        request.texts().fold(false, |known, text| known | is(text))
    }
}

#[cfg(test)]
mod tests;
