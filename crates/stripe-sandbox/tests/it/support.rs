//! A sandbox for one test, with an HTTP client and helpers for common calls.

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use stripe_sandbox::browser::RealNames;
use stripe_sandbox::{NamesOptions, Options, Origins, Sandbox};

/// A running sandbox and an HTTP client.
pub struct Bench {
    sandbox: Sandbox,
    pub http: Client,
    /// A client that follows no redirects.
    pub quiet: Client,
}

/// The form parameters and the headers of a request.
#[derive(Clone, Copy)]
pub struct RequestParts<'a> {
    pub form: &'a [(&'a str, &'a str)],
    pub headers: &'a [(&'a str, &'a str)],
}

#[derive(Debug)]
pub struct ApiResponse {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl ApiResponse {
    pub fn at(&self, pointer: &str) -> &str {
        self.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or("")
    }

    pub fn id(&self) -> &str {
        assert!(self.status.is_success(), "{:?}", self.body);
        self.at("/id")
    }

    pub fn error_codes(&self) -> (u16, &str, &str) {
        (
            self.status.as_u16(),
            self.at("/error/code"),
            self.at("/error/decline_code"),
        )
    }
}

impl Bench {
    pub async fn start() -> Self {
        Self::with(None).await
    }

    /// A sandbox that serves the real host names too.
    pub async fn with_real_names() -> Self {
        Self::with(Some(NamesOptions::default())).await
    }

    async fn with(real_names: Option<NamesOptions>) -> Self {
        let sandbox = Sandbox::start(Options {
            seed: Some(1),
            real_names,
            ..Options::default()
        })
        .await
        .unwrap();
        Self {
            sandbox,
            http: Client::builder().no_proxy().build().unwrap(),
            quiet: Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
        }
    }

    pub async fn stop(self) {
        self.sandbox.stop().await;
    }

    pub fn names(&self) -> &RealNames {
        self.sandbox.real_names().unwrap()
    }

    pub fn origins(&self) -> &Origins {
        self.sandbox.origins()
    }

    pub async fn call(
        &self,
        key: &str,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> ApiResponse {
        let parts = RequestParts { form, headers: &[] };
        self.call_with(key, method, path, parts).await
    }

    pub async fn call_with(
        &self,
        key: &str,
        method: Method,
        path: &str,
        parts: RequestParts<'_>,
    ) -> ApiResponse {
        let mut request = self
            .http
            .request(method.clone(), format!("{}{path}", self.origins().api))
            .bearer_auth(key);
        for (name, value) in parts.headers {
            request = request.header(*name, *value);
        }
        request = if method == Method::GET {
            request.query(parts.form)
        } else {
            request.form(parts.form)
        };
        read(request.send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> ApiResponse {
        self.call("sk_test_shop", Method::POST, path, form).await
    }

    pub async fn get(&self, path: &str, form: &[(&str, &str)]) -> ApiResponse {
        self.call("sk_test_shop", Method::GET, path, form).await
    }

    /// Creates a payment method with a publishable key.
    pub async fn card(&self, number: &str) -> ApiResponse {
        let cvc = if number.starts_with("37") {
            "1234"
        } else {
            "123"
        };
        let form = [
            ("type", "card"),
            ("card[number]", number),
            ("card[exp_month]", "12"),
            ("card[exp_year]", "34"),
            ("card[cvc]", cvc),
        ];
        self.call("pk_test_shop", Method::POST, "/v1/payment_methods", &form)
            .await
    }

    pub async fn customer(&self) -> String {
        self.post("/v1/customers", &[("email", "ann@example.org")])
            .await
            .id()
            .to_owned()
    }

    /// Confirms a new SetupIntent of `customer` with `number`. Returns the responses of the confirmation and of a
    /// retrieval.
    pub async fn set_up(&self, customer: &str, number: &str) -> (ApiResponse, ApiResponse) {
        let intent = self
            .post("/v1/setup_intents", &[("customer", customer)])
            .await;
        let card = self.card(number).await;
        let path = format!("/v1/setup_intents/{}/confirm", intent.id());
        let form = [
            ("client_secret", intent.at("/client_secret")),
            ("payment_method", card.id()),
            ("use_stripe_sdk", "true"),
        ];
        let confirmed = self.call("pk_test_shop", Method::POST, &path, &form).await;
        let after = self
            .get(&format!("/v1/setup_intents/{}", intent.id()), &[])
            .await;
        (confirmed, after)
    }

    /// Ends a challenge with a button of the bank's page. Returns the HTTP status.
    pub async fn press(&self, source: &str, button: &str) -> u16 {
        let url = format!("{}/challenge/{source}/{button}", self.origins().hooks);
        self.http.post(url).send().await.unwrap().status().as_u16()
    }

    /// Posts JSON to a control endpoint.
    pub async fn control(&self, path: &str, orders: Value) -> ApiResponse {
        let url = format!("{}{path}", self.origins().api);
        let sent = self
            .http
            .post(url)
            .header("content-type", "application/json")
            .body(orders.to_string());
        read(sent.send().await.unwrap()).await
    }

    pub async fn control_get(&self, path: &str) -> ApiResponse {
        let url = format!("{}{path}", self.origins().api);
        read(self.http.get(url).send().await.unwrap()).await
    }

    /// Waits until the API has received a call of a path, which it may still be executing.
    pub async fn wait_for_call(&self, key: &str, path: &str) {
        let path = format!("/sandbox/requests?key={key}&origin=api&path={path}");
        let deadline = Instant::now() + Duration::from_secs(30);
        while self.control_get(&path).await.body["requests"] == json!([]) {
            assert!(Instant::now() < deadline, "no call: {path}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn fault(&self, key: &str, fault: Value) {
        let orders = serde_json::json!({ "key": key, "faults": [fault] });
        let url = format!("{}/sandbox/faults", self.origins().api);
        let body = orders.to_string();
        let answer = self
            .http
            .post(url)
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    }
}

pub async fn read(response: Response) -> ApiResponse {
    let (status, headers) = (response.status(), response.headers().clone());
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    ApiResponse {
        status,
        headers,
        body,
    }
}
