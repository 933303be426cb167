//! The salon's page and its way to the wallet server: the key is added here, and nothing else may be sent.

use reqwest::Method;

use crate::site::Site;

#[tokio::test]
async fn the_paying_page_runs_stripe_and_calls_its_own_site_only() {
    let site = Site::start().await;
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
async fn only_json_is_passed_on_and_the_site_says_so_itself() {
    let site = Site::start().await;
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
        // The stand-in wallet knows no such call: what it says is passed back as it is.
        let json = site.http.post(&url).json(&1).send().await.unwrap();
        assert_eq!(json.status().as_u16(), 404);
    }
}
