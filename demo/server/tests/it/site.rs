//! A running site with its own folders and a wallet server, and requests to it.

use std::path::Path;

use booking_page::api::{Appointment, Day, NewAppointment, SiteErrorBody, SiteErrorCode};
use booking_page::studio_time::StudioTime;
use booking_site::serve::serve;
use booking_site::settings::Settings;
use clap::Parser;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::fake_wallet::{FakeWallet, HOLDS_KEY};

pub struct TestSite<W = FakeWallet> {
    pub base: String,
    pub wallet: W,
    wallet_base: String,
    pub http: Client,
    folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<(), String>>,
}

/// 32 bytes in base64.
const MIKROCLOUD_SECRET: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

pub const PAGE: &str = r#"<script type="module" nonce="{{__TRUNK NONCE__}}">start()</script>"#;

fn build(folder: &Path) {
    for (file, text) in [
        ("dist/index.html", PAGE),
        ("dist/legacy.html", "<title>legacy</title>"),
        ("dist/element.html", "<title>element</title>"),
        ("dist/bokamera.html", "<title>bokamera</title>"),
        ("dist/mikrocloud.html", "<title>panel</title>"),
        ("dist/quilt.html", "<title>point of sale</title>"),
        ("dist/legacy.js", "listen()"),
        ("dist/page_bg.wasm", "\0asm"),
        ("pkg/card_entry_companion.js", "export default 1"),
        ("secret.txt", "outside"),
    ] {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

async fn start(
    folder: &Path,
    wallet: &str,
) -> (String, oneshot::Sender<()>, JoinHandle<Result<(), String>>) {
    let path = |name: &str| folder.join(name).display().to_string();
    let (dist, companion, data) = (path("dist"), path("pkg"), path("data"));
    let settings = Settings::parse_from([
        "booking-site",
        "--wallet",
        wallet,
        "--company-id",
        "40426",
        "--holds-key",
        HOLDS_KEY,
        "--bokamera-key",
        "salon-key-0123456789",
        "--mikrocloud-secret",
        MIKROCLOUD_SECRET,
        "--ticket-evolution-secret",
        "tickets-secret-0123456789",
        "--dist",
        &dist,
        "--companion",
        &companion,
        "--data",
        &data,
    ]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel();
    let running = tokio::spawn(async move {
        serve(&settings, listener, async {
            let _ = stopped.await;
        })
        .await
    });
    (base, stop, running)
}

impl TestSite {
    pub async fn start() -> Self {
        let wallet = FakeWallet::start().await;
        let base = wallet.base.clone();
        Self::with_wallet(wallet, &base).await
    }
}

impl<W> TestSite<W> {
    /// A site that uses this wallet server.
    pub async fn with_wallet(wallet: W, wallet_base: &str) -> Self {
        let folder = TempDir::new().unwrap();
        build(folder.path());
        let (base, stop, running) = start(folder.path(), wallet_base).await;
        Self {
            base,
            wallet,
            wallet_base: wallet_base.to_owned(),
            http: Client::builder().no_proxy().build().unwrap(),
            folder,
            stop: Some(stop),
            running,
        }
    }

    /// Shuts down and starts again with the same data.
    pub async fn restart(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        (&mut self.running).await.unwrap().unwrap();
        let (base, stop, running) = start(self.folder.path(), &self.wallet_base).await;
        (self.base, self.stop, self.running) = (base, Some(stop), running);
    }

    pub fn request(&self, method: Method, path: &str, token: Option<&str>) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        token.iter().fold(request, |request, token| {
            request.header("authorization", *token)
        })
    }

    pub async fn days(&self, service: &str) -> Vec<Day> {
        let path = format!("/api/times?service={service}");
        self.request(Method::GET, &path, None)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// The free time of a service with index `n`.
    pub async fn free_time(&self, service: &str, n: usize) -> StudioTime {
        let slots = self
            .days(service)
            .await
            .into_iter()
            .flat_map(|day| day.times);
        slots.filter(|slot| slot.free).nth(n).unwrap().at
    }

    pub async fn is_free(&self, service: &str, at: &StudioTime) -> bool {
        let mut slots = self
            .days(service)
            .await
            .into_iter()
            .flat_map(|day| day.times);
        slots.find(|slot| slot.at == *at).unwrap().free
    }

    pub async fn book(
        &self,
        token: &str,
        service: &str,
        at: &StudioTime,
    ) -> Result<Appointment, (StatusCode, SiteErrorBody)> {
        let new = NewAppointment {
            service: service.to_owned(),
            at: at.clone(),
        };
        let request = self
            .request(Method::POST, "/api/appointments", Some(token))
            .json(&new);
        let response = request.send().await.unwrap();
        match response.status() {
            StatusCode::CREATED => Ok(response.json().await.unwrap()),
            status => Err((status, response.json().await.unwrap())),
        }
    }

    pub async fn list(&self, token: &str) -> Vec<Appointment> {
        let request = self.request(Method::GET, "/api/appointments", Some(token));
        request.send().await.unwrap().json().await.unwrap()
    }

    pub async fn cancel(&self, token: &str, id: &str) -> StatusCode {
        let path = format!("/api/appointments/{id}");
        self.request(Method::DELETE, &path, Some(token))
            .send()
            .await
            .unwrap()
            .status()
    }
}

pub fn refusal(answer: Result<Appointment, (StatusCode, SiteErrorBody)>) -> (u16, SiteErrorCode) {
    let (status, refusal) = answer.unwrap_err();
    assert!(
        refusal.message.ends_with('.') && refusal.message.len() < 120,
        "{}",
        refusal.message
    );
    (status.as_u16(), refusal.code)
}
