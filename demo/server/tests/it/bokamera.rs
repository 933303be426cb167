//! The salon's page and its proxy: adds the key and forwards JSON only.

use reqwest::Method;

use crate::site::TestSite;

#[tokio::test]
async fn the_csp_of_the_payment_page_allows_stripe_and_its_own_origin() {
    let site = TestSite::start().await;
    let request = site.request(Method::GET, "/bokamera.html", None);
    let response = request.send().await.unwrap();
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap();
    for part in [
        "script-src 'self' 'wasm-unsafe-eval' https://js.stripe.com;",
        "frame-src https://js.stripe.com https://hooks.stripe.com https://api.stripe.com https://checkout.stripe.com;",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains(site.wallet.base.as_str()), "{policy}");
}

#[tokio::test]
async fn only_json_is_forwarded() {
    let site = TestSite::start().await;
    let addresses = site.request(Method::GET, "/api/bokamera", None);
    let addresses: serde_json::Value = addresses.send().await.unwrap().json().await.unwrap();
    assert_eq!(
        addresses["script"],
        "https://js.stripe.com/dahlia/stripe.js"
    );
    assert_eq!(addresses["pages"][0], "https://checkout.stripe.com");
    assert!(!addresses.to_string().contains("salon-key"));
    for path in ["/bokamera/checkout", "/bokamera/checkout/status"] {
        let url = format!("{}{path}", site.base);
        let form = site
            .http
            .post(&url)
            .form(&[("a", "1")])
            .send()
            .await
            .unwrap();
        assert_eq!(form.status().as_u16(), 415);
        // The fake wallet server has no such route; its 404 is forwarded.
        let json = site.http.post(&url).json(&1).send().await.unwrap();
        assert_eq!(json.status().as_u16(), 404);
    }
}
