//! Valid and invalid tokens. Those of public keys were signed once, with an expiry far in the future; their private keys
//! were thrown away.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::secret::Secret;
use base64::engine::general_purpose::STANDARD;

const RS_KEY: &str = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyNU930YHNrHo+OLQrNak\n1ztLdFJKjSaeJVxlaU6QdjOU/wizQNyCK4viRadrP9qwGnY9SMk8YxgDOJiLULVz\ndGDn6DF0fXH1vNGTrxb1wAKSpPFmR2A/s1w9dARyWT3MIaS9eOfElx16A0mKymtS\nGYyAYvSRPLSeyTVhtv1yyunPfPYe4/Nn0dEOGfqre2K38qXoENqhRoy3AA7cclKT\nuKOsO6m9mb6jXlKzKd4atVP6///kFiYcTgjz6tmpYrzeepDnG+xcxZoSKuDlM4xd\n37tKvSgQ7A5hCFMwFR2Rf1h2i6WSeil7+wla8wh4oXRjfF49JlTw3GGgqwZZ330X\nAQIDAQAB\n-----END PUBLIC KEY-----";
const RS_TOKEN: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InJzYSJ9.eyJpc3MiOiJodHRwczovL3Rva2Vucy5leGFtcGxlIiwic3ViIjoiYWNjXzEiLCJleHAiOjQxMDI0NDQ4MDAsInNjb3BlIjoiYWNjb3VudDpyZWFkIn0.NDexr5mMwQcd1L4WeHL6XuYgWCKqeG6ineS32_labvOh8rLbyvsorQ5cGpcZ6Z7NaoDx6hj1EB-WJ28_i9hpXVsDwWogyq80-pFBSnGwNdWVIL5-_H-WV1A4ATIykqBir3PCAifmnouQEONXrBCksF-XIQnin0467zYnGtXBxEALjT8pbZDMaefixYBd2kNmr-Szrz883O6gjKbohAxf8KOq4A1a9it0GhNXb7I33EvDctMLBSgjali3YF3HaebQ-H1EobTBCi4BAOvdoUB2zQd-utqCiOGxeeJfUVmqLDs1AI5V_mibeUeACgfY0pg5fdVYVHXRrjMrBcSlU0gH7w";
const ES_KEY: &str = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWh+LIHYRKzXQb5TKBoBjC/7L0CZP\nxfcD7q7YV2QNpQL4lCEubP8YpREFJKXMJJuX4d6pI7gXAu6Cr493gd6f2A==\n-----END PUBLIC KEY-----";
const ES_TOKEN: &str = "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImVjIn0.eyJpc3MiOiJodHRwczovL3Rva2Vucy5leGFtcGxlIiwic3ViIjoiYWNjXzEiLCJleHAiOjQxMDI0NDQ4MDAsInNjb3BlIjoiYWNjb3VudDpyZWFkIn0.nGx_jI_E03ZSgW4w_VKW75KXgSgpwt3SFE0EuxEa8s25fDP5pRxjNo597VPdsw_iTZV33QWy4c82WnB7gegjJg";
const ED_KEY: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEASRvMvFLQ3EMdUtUuqCTsHz5CFDw3j8XNrrwjVxcX0Ko=\n-----END PUBLIC KEY-----";
const ED_TOKEN: &str = "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6ImVkIn0.eyJpc3MiOiJodHRwczovL3Rva2Vucy5leGFtcGxlIiwic3ViIjoiYWNjXzEiLCJleHAiOjQxMDI0NDQ4MDAsInNjb3BlIjoiYWNjb3VudDpyZWFkIn0.mkICTSNGFVUaHuGAWeZ--CCbDAKbIdDi5O_lmliRrQz6e0gzq7NdJkFAQ_CusfplFPVpIzRyj6JMh2SOG2BHCw";

const SECRET: [u8; 32] = [7; 32];
const ISSUER: &str = "https://tokens.example";

fn shared(id: Option<&str>) -> VerificationKey {
    let secret = Secret::new(STANDARD.encode(SECRET));
    VerificationKey::shared(id.map(str::to_owned), &secret).unwrap()
}

fn public(id: &str, algorithm: Algorithm, pem: &str) -> VerificationKey {
    VerificationKey::public(Some(id.to_owned()), algorithm, pem).unwrap()
}

/// Signs with the shared secret, whatever the header says.
fn sign(head: &str, claims: &str) -> String {
    sign_with(&SECRET, head, claims)
}

fn sign_with(secret: &[u8], head: &str, claims: &str) -> String {
    let text = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(head),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
    let signature = ring::hmac::sign(&key, text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

const HEAD: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const GOOD: &str = r#"{"iss":"https://tokens.example","sub":"acc_1","exp":2000000000}"#;

fn claims_of(token: &str, key: &VerificationKey) -> Option<Claims> {
    UnverifiedToken::read(token)?.verify(key)
}

#[test]
fn each_key_verifies_only_signatures_of_its_own_algorithm() {
    let keys = [
        public("rsa", Algorithm::Rs256, RS_KEY),
        public("ec", Algorithm::Es256, ES_KEY),
        public("ed", Algorithm::EdDsa, ED_KEY),
        shared(None),
    ];
    let tokens = [RS_TOKEN, ES_TOKEN, ED_TOKEN, &sign(HEAD, GOOD)];
    for (of, token) in tokens.iter().enumerate() {
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(claims_of(token, key).is_some(), of == at, "{of} {at}");
        }
        let (signed, signature) = token.rsplit_once('.').unwrap();
        for damaged in [
            format!("{signed}."),
            signed.to_owned(),
            format!("{signed}.{}", signature.to_ascii_lowercase()),
            format!("{signed}x.{signature}"),
        ] {
            let read = claims_of(&damaged, keys.get(of).unwrap());
            assert!(read.is_none(), "{damaged}");
        }
    }
    let claims = claims_of(ED_TOKEN, keys.get(2).unwrap()).unwrap();
    assert!(claims.are_valid(ISSUER, None, 1_800_000_000));
    assert_eq!(claims.subject().as_deref(), Some("acc_1"));
}

#[test]
fn a_token_cannot_choose_its_algorithm() {
    let key = shared(None);
    for head in [
        r#"{"alg":"none"}"#,
        r#"{"alg":"None"}"#,
        r#"{"alg":"hs256"}"#,
        r#"{"alg":"HS512"}"#,
        r#"{"alg":"RS256"}"#,
        r#"{"alg":"HS256","crit":["b64"],"b64":false}"#,
        r#"{"alg":"HS256","alg":"HS256"}"#,
        r#"{"alg":["HS256"]}"#,
        r#"{"typ":"JWT"}"#,
        r#"{"alg":"HS256","kid":"other"}"#,
        "",
    ] {
        assert!(claims_of(&sign(head, GOOD), &key).is_none(), "{head}");
    }
    let unsigned = sign(r#"{"alg":"none"}"#, GOOD);
    let (text, _) = unsigned.rsplit_once('.').unwrap();
    assert!(claims_of(&format!("{text}."), &key).is_none());
}

#[test]
fn a_public_key_is_never_used_as_a_shared_secret() {
    let key = public("rsa", Algorithm::Rs256, RS_KEY);
    let der = public_key_pem::read_pem(RS_KEY).unwrap().1;
    for secret in [RS_KEY.as_bytes(), der.as_slice()] {
        for head in [
            r#"{"alg":"HS256","kid":"rsa"}"#,
            r#"{"alg":"RS256","kid":"rsa"}"#,
        ] {
            assert!(claims_of(&sign_with(secret, head, GOOD), &key).is_none());
        }
    }
}

#[test]
fn the_kid_must_match_if_the_token_has_one() {
    let named = |kid: &str| sign(&format!(r#"{{"alg":"HS256","kid":"{kid}"}}"#), GOOD);
    assert!(claims_of(&named("a"), &shared(Some("a"))).is_some());
    assert!(claims_of(&named("b"), &shared(Some("a"))).is_none());
    assert!(claims_of(&sign(HEAD, GOOD), &shared(Some("a"))).is_some());
}

#[test]
fn times_issuer_and_audience_are_checked() {
    let good = |json: &str, audience: Option<&str>, now: i64| {
        let claims = claims_of(&sign(HEAD, json), &shared(None));
        claims.is_some_and(|claims| claims.are_valid(ISSUER, audience, now))
    };
    let with = |more: &str| format!("{},{more}}}", GOOD.trim_end_matches('}'));
    assert!(
        good(GOOD, None, 2_000_000_029),
        "within the clock tolerance"
    );
    assert!(!good(GOOD, None, 2_000_000_030));
    assert!(good(&with(r#""nbf":1000"#), None, 970));
    assert!(!good(&with(r#""nbf":1000"#), None, 969));
    assert!(good(&with(r#""aud":"wallet""#), Some("wallet"), 0));
    assert!(good(&with(r#""aud":["a","wallet"]"#), Some("wallet"), 0));
    assert!(!good(&with(r#""aud":["a"]"#), Some("wallet"), 0));
    assert!(!good(GOOD, Some("wallet"), 0));
    for json in [
        r#"{"iss":"https://tokens.example","sub":"a"}"#,
        r#"{"iss":"https://tokens.example","sub":"a","exp":"2000000000"}"#,
        r#"{"iss":"https://tokens.example","sub":"a","exp":null}"#,
        r#"{"iss":"https://tokens.example","sub":"a","exp":1e999}"#,
        r#"{"iss":"https://tokens.example","sub":"a","exp":1,"exp":2000000000}"#,
        r#"{"iss":"https://other.example","sub":"a","exp":2000000000}"#,
        r#"{"sub":"a","exp":2000000000}"#,
        r#"{"iss":"https://tokens.example","exp":2000000000}"#,
        r#"[]"#,
        "",
    ] {
        assert!(!good(json, None, 0), "{json}");
    }
    assert!(
        !good(&with(r#""nbf":"0""#), None, 0),
        "a claim of a wrong type is not an absent claim"
    );
}

#[test]
fn scopes_are_separated_by_spaces_or_a_list_and_match_whole() {
    let allow = |more: &str, scope: &str| {
        let json = format!("{},{more}}}", GOOD.trim_end_matches('}'));
        claims_of(&sign(HEAD, &json), &shared(None))
            .unwrap()
            .has_scope(scope)
    };
    assert!(allow(r#""scope":"a account:read""#, "account:read"));
    assert!(allow(r#""scopes":["account:read"]"#, "account:read"));
    for none in [
        r#""scope":"account:reader""#,
        r#""scope":"""#,
        r#""scopes":[]"#,
        r#""scope":"account:write""#,
    ] {
        assert!(!allow(none, "account:read"), "{none}");
    }
}

#[test]
fn a_malformed_key_is_refused() {
    let short = Secret::new(STANDARD.encode([7; 31]));
    assert_eq!(
        VerificationKey::shared(None, &short).unwrap_err(),
        VerificationKeyError::TooShort
    );
    let text = Secret::new("not base64!".to_owned());
    assert_eq!(
        VerificationKey::shared(None, &text).unwrap_err(),
        VerificationKeyError::NotBase64
    );
    for (algorithm, pem) in [
        (Algorithm::Hs256, RS_KEY),
        (Algorithm::EdDsa, RS_KEY),
        (Algorithm::Rs256, ES_KEY),
        (Algorithm::Es256, ED_KEY),
        (Algorithm::Rs256, ""),
        (
            Algorithm::Rs256,
            "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----",
        ),
    ] {
        let refused = VerificationKey::public(None, algorithm, pem).unwrap_err();
        assert_eq!(refused, VerificationKeyError::NotPublicKey, "{algorithm:?}");
    }
    let secret = STANDARD.encode(SECRET);
    assert!(!format!("{:?}", shared(None)).contains(&secret));
}

#[test]
fn malformed_texts_are_not_tokens() {
    for text in [
        "",
        ".",
        "..",
        "...",
        "a.b",
        "a.b.c",
        "e30.e30.",
        "e30.e30.e30",
        "é.é.é",
    ] {
        assert!(UnverifiedToken::read(text).is_none(), "{text}");
    }
    assert!(UnverifiedToken::read(&"a".repeat(MAX_TOKEN_BYTES + 1)).is_none());
    let deep = sign(HEAD, &"[".repeat(5_000));
    assert!(UnverifiedToken::read(&deep).is_none());
}
