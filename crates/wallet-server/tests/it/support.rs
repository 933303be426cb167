//! The actors of the tests: a world with a server and a gateway, people with wallets, a browser, servers of sites.

pub mod answer;
pub mod bank;
pub mod cloud;
pub mod contract;
pub mod database;
pub mod gateway;
pub mod merchant;
pub mod person;
pub mod salon;
pub mod seller;
pub mod shop;
pub mod visitor;
pub mod webhook_sender;

use std::net::SocketAddr;
use std::path::PathBuf;

use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use stripe_sandbox::{Options, Sandbox};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use wallet_server::config::ServerConfig;
use wallet_server::config::{AccountSettings, Settings};
use wallet_server::secret::Secret;
use wallet_server::server::Server;

pub use answer::Answer;
use bank::Bank;
use cloud::{CLOUD, CLOUD_ISSUER, CLOUD_PAGE, RIVAL, RIVAL_ISSUER, RIVAL_PAGE, cloud_account};
use database::TestDatabase;
use person::Person;
use salon::{SALON, SALON_COMPANY, SALON_PAGE, SPA, SPA_COMPANY, SPA_PAGE, salon_account};
use seller::{RESALE, RESALE_TOKEN, TICKETS, TICKETS_TOKEN, ticket_account};
use shop::Shop;

pub const STUDIO: u64 = 40426;
/// Another company on the same server, with its own keys and pages.
pub const BARBER: u64 = 7;
pub const STUDIO_PAGE: &str = "https://book.studio.example";
pub const BARBER_PAGE: &str = "https://book.barber.example";
pub const HOLDS_KEY: &str = "studio-holds-key-0123456789";

/// A running server, its gateway and its files.
pub struct World {
    pub sandbox: Sandbox,
    pub settings: Settings,
    pub http: Client,
    pub address: SocketAddr,
    server: Option<Server>,
    database: TestDatabase,
    program_database: OnceCell<TestDatabase>,
    folder: TempDir,
}

fn account(company_id: u64, name: &str, page: &str) -> AccountSettings {
    AccountSettings {
        id: i64::try_from(company_id).unwrap(),
        name: name.to_owned(),
        currency: "usd".to_owned(),
        country: "US".to_owned(),
        publishable_key: format!("pk_test_{name}"),
        secret_key: Some(Secret::new(format!("sk_test_{name}"))),
        parents: vec![page.to_owned()],
        holds_key: Some(Secret::new(format!("{name}-holds-key-0123456789"))),
        ..AccountSettings::default()
    }
}

impl World {
    pub async fn open() -> Self {
        Self::with(|_| ()).await
    }

    /// A world with settings changed before the start.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let sandbox = Sandbox::start(Options::default())
            .await
            .expect("the sandbox starts");
        let folder = tempfile::tempdir().expect("a folder");
        let at = sandbox.origins().clone();
        let database = TestDatabase::create(folder.path(), "wallet.db").await;
        let dist = folder.path().join("dist");
        std::fs::create_dir(&dist).unwrap();
        std::fs::write(dist.join("index.html"), PAGE).unwrap();
        let mut settings = Settings {
            listen: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
            public_url: Some("http://127.0.0.1:9".to_owned()),
            database: Some(Secret::new(database.setting().to_owned())),
            dist: Some(dist),
            stripe_js_url: Some(at.stripe_js()),
            script_sources: Some(vec![at.script.clone()]),
            frame_sources: Some(vec![at.script.clone(), at.fields.clone(), at.hooks.clone()]),
            connect_sources: Some(vec![at.api.clone()]),
            gateway_url: Some(at.api.clone()),
            braintree_url: Some(at.braintree_graphql.clone()),
            braintree_js_url: Some(format!("{}/web/3.144.0/js", at.braintree_scripts)),
            braintree_script_sources: Some(vec![at.script.clone()]),
            gateway_timeout_ms: Some(1_000),
            password_min: Some(3),
            max_connections_per_address: Some(400),
            intents_per_hour: Some(1_000),
            cards_per_day: Some(1_000),
            intents_per_hour_and_address: Some(100_000),
            open_intents_per_address: Some(100_000),
            declines_per_hour_and_address: Some(100_000),
            open_intents_interval_ms: Some(60_000),
            sign_ups_per_hour: Some(1_000),
            sign_ins_per_15_minutes: Some(1_000),
            accounts: vec![
                account(STUDIO, "studio", STUDIO_PAGE),
                account(BARBER, "barber", BARBER_PAGE),
                cloud_account(CLOUD, "cloud", CLOUD_PAGE, CLOUD_ISSUER),
                cloud_account(RIVAL, "rival", RIVAL_PAGE, RIVAL_ISSUER),
                ticket_account(TICKETS, "tickets", TICKETS_TOKEN),
                ticket_account(RESALE, "resale", RESALE_TOKEN),
                salon_account(SALON, "salon", SALON_PAGE, SALON_COMPANY),
                salon_account(SPA, "spa", SPA_PAGE, SPA_COMPANY),
            ],
            ..Settings::default()
        };
        change(&mut settings);
        let mut world = Self {
            sandbox,
            settings,
            http: Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .build()
                .unwrap(),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            server: None,
            database,
            program_database: OnceCell::new(),
            folder,
        };
        world.start().await;
        world
    }

    /// Starts the server on the world's files.
    pub async fn start(&mut self) {
        let config = ServerConfig::check(self.settings.clone()).expect("settings that can be used");
        let server = Server::start(config).await.expect("a server that starts");
        self.address = server.address();
        self.server = Some(server);
    }

    /// Stops the server and leaves its files.
    pub async fn stop(&mut self) {
        self.server
            .take()
            .expect("a running server")
            .stop()
            .await
            .expect("a clean stop");
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path))
    }

    pub fn api(&self, path: &str) -> String {
        self.url(&format!("/api/mkp/v1{path}"))
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(
            self.http
                .post(self.api(path))
                .json(body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub fn dist(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Everything in the database, as bytes.
    pub async fn database_dump(&self) -> Vec<u8> {
        self.database.dump(self.folder.path()).await
    }

    /// The server's database, to make rows older.
    pub async fn database(&self) -> sqlx::AnyPool {
        self.database.pool().await
    }

    /// The database of the program that a test starts beside the world's server.
    pub async fn program_database(&self) -> &TestDatabase {
        let create = || TestDatabase::create(self.folder.path(), "program.db");
        self.program_database.get_or_init(create).await
    }

    /// Keeps the server from writing, and lets it read, until the transaction ends.
    pub async fn locks_writes(&self) -> sqlx::Transaction<'static, sqlx::Any> {
        let pool = self.database().await;
        if !self.is_on_postgres() {
            return pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
        }
        let mut lock = pool.begin().await.unwrap();
        let tables = "LOCK TABLE owners, cards, attempts, intents, saves, outbox IN EXCLUSIVE MODE";
        sqlx::raw_sql(tables).execute(&mut *lock).await.unwrap();
        lock
    }

    pub fn is_on_postgres(&self) -> bool {
        self.database.is_postgres()
    }

    pub fn bank(&self) -> Bank<'_> {
        Bank::new(self, "studio")
    }

    pub fn shop(&self) -> Shop<'_> {
        Shop::new(self)
    }

    /// A new user of the studio.
    pub async fn person(&self, name: &str) -> Person<'_> {
        Person::sign_up(self, name, STUDIO).await
    }
}

/// Waits until a condition holds, at most thirty seconds.
pub async fn eventually<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    for _ in 0..600 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("not within thirty seconds: {what}");
}

/// A page with every placeholder of a build.
const PAGE: &str = r#"<!doctype html><html><head>
<meta name="card-entry-parents" content="{{card-entry-parents}}">
<meta name="card-entry-stripe-js" content="{{card-entry-stripe-js}}">
<meta name="card-entry-error" content="{{card-entry-error}}">
<script nonce="{{__TRUNK NONCE__}}">1</script><style nonce="{{__TRUNK NONCE__}}"></style>
</head><body></body></html>
"#;
