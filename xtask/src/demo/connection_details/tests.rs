//! The complete JSON: every key that a client of a system needs, and none of them null.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use serde_json::Value;

use super::*;

/// A first port with nothing listening on it and the five after it.
pub const UNUSED_PORT_BASE: &str = "1024";

const MIKROCLOUD_SIGN_IN: &str = r#"{"token":"panel.visitor.token"}"#;
const TICKET_EVOLUTION_SIGN_IN: &str = r#"{"token":"shop-visitor","client_id":7,"name":"Demo Client","addresses":[{"id":8,"text":"Home"},{"id":9,"text":"Work"}],"phone_numbers":[{"id":10,"text":"Home"}]}"#;

/// A booking site that sends these response bodies, one after the other.
pub fn site<const N: usize>(bodies: [&'static str; N]) -> (Ports, JoinHandle<()>) {
    let (listener, ports) = loop {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        // The highest port numbers leave no room for the other five.
        if let Some(ports) = Ports::from_base(&port.to_string()) {
            break (listener, ports);
        }
    };
    let serve = move || {
        for body in bodies {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ = write!(stream, "HTTP/1.1 200 OK\r\n\r\n{body}");
        }
    };
    (ports, std::thread::spawn(serve))
}

fn parsed_json(ports: Ports, secrets: &Secrets) -> Value {
    let line = json(ports, secrets);
    assert!(!line.contains('\n'));
    serde_json::from_str(&line).unwrap()
}

fn find_nulls(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Null => found.push(path.to_owned()),
        Value::Object(members) => {
            for (name, member) in members {
                find_nulls(member, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| find_nulls(row, path, found)),
        _ => {}
    }
}

#[test]
fn the_json_is_one_line_with_all_five_systems() {
    let secrets = Secrets::generate().unwrap();
    let (ports, site) = site([MIKROCLOUD_SIGN_IN, TICKET_EVOLUTION_SIGN_IN]);
    let read = parsed_json(ports, &secrets);
    site.join().unwrap();

    let [booking, wallet, scripts, _, _, api] = PortRole::ALL.map(|role| ports.origin(role));
    let frame = format!("{wallet}/stripe_hosted_forms/card_entry");
    for (path, value) in [
        ("/booking", json!(booking)),
        ("/wallet", json!(wallet)),
        ("/frame", json!(frame)),
        ("/company_id", json!(40_426)),
        ("/sandbox/script", json!(format!("{scripts}/v3/"))),
        ("/sandbox/api", json!(api)),
        ("/mytime/base", json!(format!("{wallet}/api/mkp/v1"))),
        ("/mytime/page", json!(format!("{booking}/"))),
        ("/mytime/company_id", json!(40_426)),
        ("/mytime/publishable_key", json!("pk_test_demo")),
        ("/mytime/holds", json!(format!("{wallet}/holds"))),
        ("/mytime/holds_key", json!(secrets.holds_key)),
        ("/mikrocloud/base", json!(format!("{wallet}/v1/account"))),
        (
            "/mikrocloud/page",
            json!(format!("{booking}/mikrocloud.html")),
        ),
        ("/mikrocloud/publishable_key", json!("pk_test_mikrocloud")),
        ("/mikrocloud/token", json!("panel.visitor.token")),
        ("/mikrocloud/issuer", json!("https://login.mikrocloud.demo")),
        ("/mikrocloud/algorithm", json!("HS256")),
        ("/mikrocloud/key_id", json!("demo")),
        ("/mikrocloud/secret_base64", json!(secrets.mikrocloud)),
        (
            "/mikrocloud/scopes",
            json!(["account:read", "account:write"]),
        ),
        ("/quilt/base", json!(format!("{wallet}/v1"))),
        ("/quilt/page", json!(format!("{booking}/quilt.html"))),
        ("/quilt/proxy", json!(format!("{booking}/quilt/v1"))),
        ("/quilt/publishable_key", json!("pk_test_quilt")),
        ("/quilt/account_key", json!(secrets.quilt)),
        ("/quilt/external_account_id", json!("harbour-roasters")),
        ("/quilt/external_customer_id", json!("customer_12345")),
        (
            "/bokamera/base",
            json!(format!("{wallet}/payment/stripe/v1")),
        ),
        ("/bokamera/page", json!(format!("{booking}/bokamera.html"))),
        ("/bokamera/proxy", json!(format!("{booking}/bokamera"))),
        ("/bokamera/publishable_key", json!("pk_test_bokamera")),
        ("/bokamera/api_key", json!(secrets.bokamera)),
        (
            "/bokamera/company_id",
            json!("b0cab0ca-5a10-4e5a-8a5a-5a1064a6e401"),
        ),
        ("/bokamera/country_code", json!("SE")),
        (
            "/bokamera/articles/0",
            json!({"ArticleId": 101, "ArticleTypeId": 1}),
        ),
        ("/ticket_evolution/base", json!(format!("{wallet}/v9"))),
        (
            "/ticket_evolution/page",
            json!(format!("{booking}/ticket-evolution.html")),
        ),
        (
            "/ticket_evolution/proxy",
            json!(format!("{booking}/ticket_evolution/v9")),
        ),
        ("/ticket_evolution/proxy_token", json!("shop-visitor")),
        (
            "/ticket_evolution/tokenization_key",
            json!("sandbox_demo_tickets"),
        ),
        ("/ticket_evolution/token", json!("demo-tickets")),
        ("/ticket_evolution/secret", json!(secrets.ticket_evolution)),
        ("/ticket_evolution/client_id", json!(7)),
        ("/ticket_evolution/address_id", json!(8)),
        ("/ticket_evolution/phone_number_id", json!(10)),
    ] {
        assert_eq!(read.pointer(path), Some(&value), "{path}");
    }
    let mut found = Vec::new();
    find_nulls(&read, "", &mut found);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_json_equals_the_demo_s_configuration() {
    let template = include_str!("../../../../demo/wallet-server.toml");
    let ports = Ports::from_base(UNUSED_PORT_BASE).unwrap();
    let read = parsed_json(ports, &Secrets::generate().unwrap());
    for (path, key) in [
        ("/mytime/publishable_key", "publishable_key"),
        ("/mikrocloud/publishable_key", "publishable_key"),
        ("/mikrocloud/issuer", "issuer"),
        ("/mikrocloud/key_id", "id"),
        ("/mikrocloud/algorithm", "algorithm"),
        ("/quilt/publishable_key", "publishable_key"),
        ("/quilt/external_account_id", "external_account_id"),
        ("/bokamera/publishable_key", "publishable_key"),
        ("/bokamera/company_id", "company"),
        ("/ticket_evolution/tokenization_key", "tokenization_key"),
        ("/ticket_evolution/token", "token"),
        ("/ticket_evolution/braintree/public_key", "public_key"),
        ("/ticket_evolution/braintree/private_key", "private_key"),
    ] {
        let value = read.pointer(path).and_then(Value::as_str).unwrap();
        assert!(
            template.contains(&format!("\n{key} = \"{value}\"\n")),
            "{path}"
        );
    }
}

#[test]
fn only_values_from_a_sign_in_can_be_null() {
    let ports = Ports::from_base(UNUSED_PORT_BASE).unwrap();
    let read = parsed_json(ports, &Secrets::generate().unwrap());
    let mut found = Vec::new();
    find_nulls(&read, "", &mut found);
    assert_eq!(
        found,
        [
            "/mikrocloud/token",
            "/ticket_evolution/address_id",
            "/ticket_evolution/client_id",
            "/ticket_evolution/phone_number_id",
            "/ticket_evolution/proxy_token",
        ]
    );
}
