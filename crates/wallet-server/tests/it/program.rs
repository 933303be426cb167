//! The program itself: its flags, its log, its stop; and what its files give away.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use card_entry_protocol::number::holds_card_number;
use reqwest::Method;
use serde_json::json;

use crate::support::bank::{CHALLENGED, MASTERCARD, VISA};
use crate::support::person::Person;
use crate::support::{STUDIO, World, eventually};

/// The program, running, with its log.
struct Program {
    child: Child,
    log: Arc<Mutex<String>>,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; a test that failed must not leave it running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wallet-server"))
            .args(arguments)
            .env("RUST_LOG", "debug")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (lines, kept) = (
            BufReader::new(child.stderr.take().unwrap()).lines(),
            log.clone(),
        );
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = kept.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self { child, log }
    }

    fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Where it says it listens.
    fn address(&self) -> SocketAddr {
        let log = self.log();
        log.split("address=")
            .nth(1)
            .unwrap()
            .split_whitespace()
            .next()
            .unwrap()
            .parse()
            .unwrap()
    }

    fn terminate(&mut self) -> std::process::ExitStatus {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap()
    }
}

/// The world's settings as a file, with its own database.
fn file_of(world: &World) -> String {
    let at = world.sandbox.origins();
    let text = format!(
        "listen = \"127.0.0.1:0\"\ndatabase = \"{0}/program.db\"\ndist = \"{0}/dist\"\ngateway_url = \"{1}\"\n\
         password_min = 3\n[[accounts]]\nid = {STUDIO}\nname = \"Studio\"\ncurrency = \"usd\"\ncountry = \"US\"\n\
         publishable_key = \"pk_test_studio\"\nsecret_key = \"sk_test_studio\"\nparents = [\"https://book.studio.example\"]\n\
         holds_key = \"{2}\"\n",
        world.folder().display(),
        at.api,
        crate::support::HOLDS_KEY,
    );
    let path = world.folder().join("program.toml");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_life_leaves_no_secret_in_the_log_or_the_database() {
    let mut world = World::open().await;
    let mut program = Program::start(&["--config", &file_of(&world)]);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    world.stop().await;
    world.address = program.address();

    let ann = world.person("ann").await;
    let (bank, shop) = (world.bank(), world.shop());
    ann.adds(VISA).await;
    let challenged = ann.saves(&bank.types_card(CHALLENGED).await).await;
    let mut secrets = vec![ann.token.clone(), ann.begins().await];
    secrets.push(
        challenged.body["client_secret"]
            .as_str()
            .unwrap()
            .to_owned(),
    );
    ann.adds(MASTERCARD).await;
    shop.holds(ann.id, "b-1", "Haircut").await;
    ann.deletes(&ann.card_id().await).await;
    ann.saves("pm_doesnotexist00").await;
    let guest = Person::guest(&world, STUDIO).await;
    secrets.push(guest.token.clone());
    for path in [
        "/stripe_hosted_forms/card_entry?stripe_publishable_key=sk_test_canary&x=4242424242424242",
        "/api/mkp/v1/user?authorization=canary&email=ann@mytime.com",
        "/nothing/sk_test_canary",
    ] {
        world.get(path).send().await.unwrap();
    }
    world
        .post(
            "/sessions",
            &json!({"email": "ann@mytime.com", "password": "canary-pw", "company_id": STUDIO}),
        )
        .await;
    shop.call(Method::GET, &format!("/holds?company_id={STUDIO}"), None)
        .await;

    let status = program.terminate();
    assert!(status.success(), "{status}");
    let log = program.log();
    assert!(log.contains("stopped"), "{log}");
    assert!(
        log.contains("route=\"/api/mkp/v1/user/credit_cards/{id}\" status=422"),
        "{log}"
    );
    let file = std::fs::metadata(world.folder().join("program.db")).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
    let dump = String::from_utf8_lossy(&world.database_dump()).into_owned();
    assert!(dump.contains("$argon2id$"));
    for (name, text) in [("log", &log), ("database", &dump)] {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{name} holds {secret}");
        }
        for word in [
            "sk_test_",
            "_secret_",
            "Bearer",
            "canary",
            crate::support::HOLDS_KEY,
        ] {
            let name_and_config =
                name == "database" && ["sk_test_", crate::support::HOLDS_KEY].contains(&word);
            assert!(
                name_and_config || !text.contains(word),
                "{name} holds {word}"
            );
        }
        for line in text.lines() {
            assert!(
                !["4242424242424242", "5555555555554444", "4000002500003155"]
                    .iter()
                    .any(|n| line.contains(n)),
                "{name}"
            );
        }
    }
    assert!(
        !log.contains("@mytime.com"),
        "no address of a person in the log"
    );
    assert!(!log.lines().any(holds_card_number), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_finished_before_the_stop() {
    let world = World::open().await;
    let mut program = Program::start(&["--config", &file_of(&world), "--allow-faults"]);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    let base = format!("http://{}", program.address());
    let fault = json!({"route": "GET /companies/{id}", "delay_ms": 700});
    world
        .http
        .post(format!("{base}/__faults"))
        .json(&fault)
        .send()
        .await
        .unwrap();
    let slow = tokio::spawn(
        world
            .http
            .get(format!("{base}/api/mkp/v1/companies/{STUDIO}"))
            .send(),
    );
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let stopping = tokio::task::spawn_blocking(move || program.terminate());
    assert_eq!(slow.await.unwrap().unwrap().status(), 200);
    assert!(stopping.await.unwrap().success());
    assert!(
        world
            .http
            .get(format!("{base}/healthz"))
            .send()
            .await
            .is_err()
    );
}

#[test]
fn help_explains_every_setting_and_a_wrong_one_stops_the_start() {
    let run = |arguments: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wallet-server"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut out, mut err) = (String::new(), String::new());
        child
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut out)
            .unwrap();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        (child.wait().unwrap().success(), out, err)
    };
    let (success, help, _) = run(&["--help"]);
    assert!(success);
    for word in [
        "--listen",
        "CARD_ENTRY_DATABASE",
        "--gateway-url",
        "[default: https://api.stripe.com]",
        "--allow-faults",
    ] {
        assert!(help.contains(word), "{word}: {help}");
    }
    let (success, _, error) = run(&[]);
    assert!(
        !success && error.contains("accounts: there is none"),
        "{error}"
    );
    let (success, _, error) = run(&["--config", "/no/such/file.toml"]);
    assert!(
        !success && error.contains("config: /no/such/file.toml cannot be read"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_of_a_save_it_finds_the_confirmation_again() {
    let mut world = World::open().await;
    let file = file_of(&world);
    world.stop().await;
    let launch = async |world: &mut World| {
        let program = Program::start(&["--config", &file]);
        eventually("it listens", || async {
            program.log().contains("address=")
        })
        .await;
        world.address = program.address();
        program
    };
    let mut program = launch(&mut world).await;
    let (method, token, id) = {
        let ann = world.person("ann").await;
        let method = world.bank().types_card(VISA).await;
        ann.begins().await;
        let slow = json!({"on": "api", "do": "latency", "ms": 900, "method": "POST", "path": "/v1/setup_intents"});
        world.gateway_fault(slow).await;
        let request = world
            .http
            .post(world.api("/user/credit_cards"))
            .header("authorization", &ann.token);
        let save = tokio::spawn(request.json(&ann.save_body(&method)).send());
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        assert!(save.await.unwrap().is_err(), "nobody answered");
        (method, ann.token.clone(), ann.id)
    };
    world.gateway_recovers().await;
    let _program = launch(&mut world).await;
    let ann = Person {
        world: &world,
        company: STUDIO,
        id,
        token,
        header: "authorization",
    };
    let saved = ann.saves(&method).await;
    assert_eq!((saved.status, saved.cards().len()), (201, 1), "{saved:?}");
    assert_eq!(
        world.gateway_intents().await,
        2,
        "the one begun, and one confirmation"
    );
    assert_eq!(world.bank().customers().await.len(), 1);
}
