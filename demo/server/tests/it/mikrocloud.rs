//! The panel's sign-in: tokens for valid roles and account names only.

use reqwest::Method;
use serde_json::{Value, json};

use crate::site::TestSite;

async fn sign_in(site: &TestSite, body: &Value) -> (u16, Value) {
    let request = site.request(Method::POST, "/api/mikrocloud/sign-in", None);
    let response = request.json(body).send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap())
}

#[tokio::test]
async fn each_role_gets_a_token() {
    let site = TestSite::start().await;
    for role in ["owner", "accountant", "guest"] {
        let (status, body) = sign_in(&site, &json!({"account": "acme-1", "role": role})).await;
        assert_eq!(status, 200, "{role}");
        let token = body["token"].as_str().unwrap();
        assert_eq!(token.split('.').count(), 3, "{role}");
    }
}

#[tokio::test]
async fn invalid_roles_and_accounts_get_no_token() {
    let site = TestSite::start().await;
    for body in [
        json!({"account": "acme-1", "role": "root"}),
        json!({"account": "ACME\"", "role": "owner"}),
        json!({"account": "", "role": "owner"}),
        json!({"role": "owner"}),
        json!([]),
    ] {
        let (status, answer) = sign_in(&site, &body).await;
        assert_eq!((status, answer.get("token")), (422, None), "{body}");
    }
}
