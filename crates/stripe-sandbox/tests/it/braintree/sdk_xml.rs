//! Client tokens requested in XML, with the exact bodies of the server SDKs for Python, PHP, Ruby and Java.

use super::basic;
use crate::support::Bench;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value;

/// The body that braintree 4.38.0 of PyPI sends for `client_token.generate()`.
const PYTHON: &str = "<client_token><version type=\"integer\">2</version></client_token>";

async fn request_token(bench: &Bench, body: &str) -> (u16, String, String) {
    let url = format!(
        "{}/merchants/shop/client_token",
        bench.origins().braintree_gateway
    );
    let answer = bench
        .http
        .post(url)
        .header("accept", "application/xml")
        .header("authorization", basic("shop"))
        .header("user-agent", "Braintree Python 4.38.0")
        .header("x-apiversion", "6")
        .header("content-type", "application/xml")
        .body(body.to_owned())
        .send()
        .await
        .unwrap();
    let kind = answer.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    (answer.status().as_u16(), kind, answer.text().await.unwrap())
}

fn token(xml: &str) -> Value {
    let (_, rest) = xml.split_once("<client-token><value>").unwrap();
    let (value, _) = rest.split_once("</value></client-token>").unwrap();
    serde_json::from_slice(&BASE64.decode(value).unwrap()).unwrap()
}

#[tokio::test]
async fn a_client_token_is_returned_as_xml() {
    let bench = Bench::start().await;
    let (status, kind, text) = request_token(&bench, PYTHON).await;
    assert_eq!(
        (status, kind.as_str()),
        (201, "application/xml; charset=utf-8"),
        "{text}"
    );
    assert!(
        text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        "{text}"
    );
    assert_eq!(token(&text)["merchantId"], "shop");
}

#[tokio::test]
async fn options_and_customers_are_parsed_from_xml() {
    let bench = Bench::start().await;
    let made = bench
        .server(
            "mutation { createCustomer(input: {}) { customer { legacyId } } }",
            Value::Null,
        )
        .await;
    let customer = made.at("/data/createCustomer/customer/legacyId").to_owned();
    for body in [
        format!(
            "<client_token><customer_id>{customer}</customer_id><options><make_default type=\"boolean\">true</make_default></options></client_token>"
        ),
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<client-token>\n  <customer-id>{customer}</customer-id>\n</client-token>\n"
        ),
        format!("<clientToken><customerId>{customer}</customerId></clientToken>"),
    ] {
        let (status, _, text) = request_token(&bench, &body).await;
        assert_eq!(status, 201, "{text}");
        let fingerprint = token(&text)["authorizationFingerprint"].to_string();
        assert!(
            fingerprint.contains(&format!("customer_id={customer}")),
            "{fingerprint}"
        );
    }
    let (status, _, text) = request_token(
        &bench,
        "<client_token><customer_id>unknown</customer_id></client_token>",
    )
    .await;
    assert_eq!(status, 422);
    assert!(
        text.contains("<api-error-response>") && text.contains("<code>92804</code>"),
        "{text}"
    );
    let (status, kind, _) = request_token(&bench, "<client_token>").await;
    assert_eq!(
        (status, kind.as_str()),
        (400, "application/xml; charset=utf-8")
    );
}
