//! Parses a public key in PEM (SubjectPublicKeyInfo): RFC 7468, 13 and RFC 5280, 4.1.
//!
//! Called by [`super::key`]. It parses only the DER around the three types of key; `ring` checks the key itself. It
//! must never accept bytes after the key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

const SEQUENCE: u8 = 0x30;
const BIT_STRING: u8 = 0x03;

/// `rsaEncryption` with NULL: RFC 8017, A.1.
const RSA: &[u8] = &[
    0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];
/// `ecPublicKey` with `prime256v1`: RFC 5480, 2.1.1.
const P256: &[u8] = &[
    0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d,
    0x03, 0x01, 0x07,
];
const ED25519: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyType {
    Rsa,
    P256,
    Ed25519,
}

/// The type of the key, and its own bytes.
pub(super) fn read_pem(text: &str) -> Option<(KeyType, Vec<u8>)> {
    let (_, rest) = text.split_once(BEGIN)?;
    let (body, _) = rest.split_once(END)?;
    let body: String = body.split_ascii_whitespace().collect();
    read(&STANDARD.decode(body).ok()?)
}

fn read(der: &[u8]) -> Option<(KeyType, Vec<u8>)> {
    let (outer, after) = value(der, SEQUENCE)?;
    let (algorithm, rest) = value(outer, SEQUENCE)?;
    let (bits, end) = value(rest, BIT_STRING)?;
    let (unused, key) = bits.split_first()?;
    if !after.is_empty() || !end.is_empty() || *unused != 0 {
        return None;
    }
    let kind = match algorithm {
        RSA => KeyType::Rsa,
        P256 => KeyType::P256,
        ED25519 => KeyType::Ed25519,
        _ => return None,
    };
    Some((kind, key.to_vec()))
}

/// The content of the first value, which must have this tag, and the bytes after it.
fn value(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = der.split_first()?;
    let (length, rest) = length(rest)?;
    (*first == tag && rest.len() >= length).then(|| rest.split_at(length))
}

/// A length of up to 65,535 bytes: the longest key that `ring` accepts has 1,038.
fn length(der: &[u8]) -> Option<(usize, &[u8])> {
    match der {
        [short @ 0..=0x7f, rest @ ..] => Some((usize::from(*short), rest)),
        [0x81, length, rest @ ..] => Some((usize::from(*length), rest)),
        [0x82, high, low, rest @ ..] => Some((usize::from(*high) << 8 | usize::from(*low), rest)),
        _ => None,
    }
}
