//! The vendor's example, and signatures that must never be accepted.

use super::*;
use proptest::prelude::*;

const GET: SignableRequest<'_> = SignableRequest {
    method: "GET",
    host: "api.ticketevolution.com",
    path: "/v9/brokerages",
    query: "per_page=1&page=1",
    body: b"",
};

fn secret() -> ApiSecret {
    ApiSecret::new("xyz").unwrap()
}

#[test]
fn signs_the_vendor_s_example_whose_page_prints_an_older_signature() {
    assert_eq!(
        GET.canonical(),
        b"GET api.ticketevolution.com/v9/brokerages?page=1&per_page=1"
    );
    // The page prints this signature for the request above. It is of the same request without `/v9` in its path.
    let printed = "ohGcFIHF3vg75A8Kpg42LNxuQpQZJsTBKv8xnZASzu0=";
    let older = SignableRequest {
        path: "/brokerages",
        ..GET
    };
    assert_eq!(secret().sign(&older), printed);
    assert!(secret().verify(&older, printed));
    assert!(!secret().verify(&GET, printed));
    // Computed with OpenSSL.
    let signature = "n+kyuaIJKFuUTkEYCdMhR3l3o9WNBbTIJE3qcniboWE=";
    assert_eq!(secret().sign(&GET), signature);
    // Ruby's `encode64` appends a line break, which some clients do not remove.
    assert!(secret().verify(&GET, &format!("{signature}\n")));
}

#[test]
fn the_text_has_a_question_mark_and_the_body_in_place_of_the_query() {
    let bare = SignableRequest {
        path: "/v9/categories",
        query: "",
        ..GET
    };
    assert_eq!(
        bare.canonical(),
        b"GET api.ticketevolution.com/v9/categories?"
    );
    let body = br#"{"clients":[{"name":"Michael Starr"}]}"#;
    let post = SignableRequest {
        method: "POST",
        path: "/v9/clients",
        query: "",
        body,
        ..GET
    };
    assert_eq!(
        String::from_utf8(post.canonical()).unwrap(),
        r#"POST api.ticketevolution.com/v9/clients?{"clients":[{"name":"Michael Starr"}]}"#
    );
}

#[test]
fn refuses_a_signature_of_any_other_request() {
    let signature = secret().sign(&GET);
    for other in [
        SignableRequest {
            method: "DELETE",
            ..GET
        },
        SignableRequest {
            host: "api.sandbox.ticketevolution.com",
            ..GET
        },
        SignableRequest {
            path: "/v9/brokerages/1",
            ..GET
        },
        SignableRequest {
            query: "page=2&per_page=1",
            ..GET
        },
        SignableRequest { body: b"{}", ..GET },
    ] {
        assert!(!secret().verify(&other, &signature), "{other:?}");
    }
    assert!(!ApiSecret::new("xyy").unwrap().verify(&GET, &signature));
    for bad in [
        "",
        "=",
        "ohGc",
        &signature.to_lowercase(),
        &signature[..43],
        &format!("{signature}="),
    ] {
        assert!(!secret().verify(&GET, bad), "{bad}");
    }
    assert!(ApiSecret::new("").is_none());
    assert_eq!(format!("{:?}", secret()), "***");
}

fn signed_text(text: &str) -> String {
    let mac = secret().mac(text.as_bytes()).unwrap();
    STANDARD.encode(mac.finalize().into_bytes())
}

#[test]
fn accepts_a_query_signed_as_sent_or_sorted_by_decoded_keys() {
    let at = |query| SignableRequest { query, ..GET };
    let text = |query: &str| {
        signed_text(&format!(
            "GET api.ticketevolution.com/v9/brokerages?{query}"
        ))
    };
    // "nameA" sorts before "name[0]" when decoded, and after it when encoded.
    let (decoded, encoded) = ("nameA=1&name%5B0%5D=a", "name%5B0%5D=a&nameA=1");
    for sent in [decoded, encoded] {
        for signed in [decoded, encoded] {
            assert!(secret().verify(&at(sent), &text(signed)), "{sent} {signed}");
        }
        for other in [
            "nameA=1&name[0]=a",
            "nameA=1&name%5b0%5d=a",
            "nameA=1&name%5B0%5D=b",
            "nameA=1&name%5B0%5D=a&page=1",
            "nameA=1",
            "",
        ] {
            assert!(!secret().verify(&at(sent), &text(other)), "{sent} {other}");
        }
    }
    // Signed as it is sent: unsorted and with an empty pair.
    let odd = "page=2&&per_page=1&a=3";
    assert!(secret().verify(&at(odd), &text(odd)));
    assert!(!secret().verify(&at("page=2&per_page=1&a=3"), &text(odd)));
    // Pairs with the same key stay in their order.
    assert!(!secret().verify(&at("a=1&a=2"), &text("a=2&a=1")));
    // Every accepted text belongs to one request, so the replay protection has one canonical text.
    assert_eq!(secret().sign(&at(decoded)), secret().sign(&at(encoded)));
}

#[test]
fn accepts_a_host_signed_with_or_without_its_port() {
    let local = SignableRequest {
        host: "127.0.0.1:4401",
        ..GET
    };
    assert!(secret().verify(&local, &secret().sign(&local)));
    let with_port =
        signed_text(&String::from_utf8(local.text(local.host, "page=1&per_page=1")).unwrap());
    assert!(secret().verify(&local, &with_port));
    let other = SignableRequest {
        host: "127.0.0.1:4402",
        ..GET
    };
    assert!(!secret().verify(&other, &with_port));
    assert_eq!(without_port("[::1]:80"), "[::1]");
    assert_eq!(without_port("[::1]"), "[::1]");
}

proptest! {
    #[test]
    fn verifies_what_it_signs_in_any_order_of_the_query(pairs in proptest::collection::vec("[a-c]{1,2}=[a-z%]{0,3}", 0..4), body: Vec<u8>) {
        let (there, mut back) = (pairs.join("&"), pairs);
        back.sort_by(|a, b| b.split('=').next().cmp(&a.split('=').next()));
        let signature = secret().sign(&SignableRequest { query: &there, body: &body, ..GET });
        let back = back.join("&");
        let back = SignableRequest { query: &back, body: &body, ..GET };
        prop_assert!(secret().verify(&back, &signature));
    }

    #[test]
    fn verifying_never_panics(text in ".{0,80}") {
        prop_assert!(!secret().verify(&GET, &text));
    }
}
