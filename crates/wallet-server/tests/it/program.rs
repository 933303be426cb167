//! The program: its flags, its log, its stop.

mod accounts;
mod breaker_log;
mod connections;
mod disk;
mod doctor;
mod documents;
mod exposition;
mod kill;
mod log_format;
mod metrics;
mod outbox;
mod people;
mod probes;
mod reconcile;
mod reload;
mod request_log;
mod secrets;
mod tls;

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::support::{STUDIO, World, eventually};

/// The running program and its log.
struct Program {
    child: Child,
    log: Arc<Mutex<String>>,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have stopped already. A failed test must not leave it running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wallet-server"));
        command.args(arguments);
        Self::watch(command)
    }

    /// The same, but a write above the file size limit fails like one to a full disk, and does not kill the program.
    fn start_without_signals(arguments: &[&str]) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
        command
            .arg(env!("CARGO_BIN_EXE_wallet-server"))
            .args(arguments);
        Self::watch(command)
    }

    fn watch(mut command: Command) -> Self {
        let mut child = command
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

    /// The address in its log.
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

    /// Waits until a request of a route has arrived that an injected fault delays.
    async fn delays(&self, route: &str) {
        let call = format!("injecting a fault call=\"{route}\"");
        eventually("the request is delayed", async || {
            self.log().contains(&call)
        })
        .await;
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

/// Writes the world's settings to a file, with a database of its own.
async fn settings_file_of(world: &World) -> String {
    let at = world.sandbox.origins();
    let text = format!(
        "listen = \"127.0.0.1:0\"\ndatabase = \"{3}\"\ndist = \"{0}/dist\"\ngateway_url = \"{1}\"\n\
         password_min = 3\n[[accounts]]\nid = {STUDIO}\nname = \"Studio\"\ncurrency = \"usd\"\ncountry = \"US\"\n\
         publishable_key = \"pk_test_studio\"\nsecret_key = \"sk_test_studio\"\nparents = [\"https://book.studio.example\"]\n\
         holds_key = \"{2}\"\n",
        world.folder().display(),
        at.api,
        crate::support::HOLDS_KEY,
        world.program_database().await.setting(),
    );
    let path = world.folder().join("program.toml");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_in_progress_is_finished_before_the_stop() {
    let world = World::open().await;
    let mut program = Program::start(&[
        "--config",
        &settings_file_of(&world).await,
        "--allow-faults",
    ]);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    let base = format!("http://{}", program.address());
    let fault = json!({"route": "GET /companies/{id}", "delay_ms": 2_000});
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
    program.delays("GET /companies/{id}").await;
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

#[tokio::test]
async fn an_old_name_in_the_environment_is_accepted_with_a_warning_that_names_both() {
    let world = World::open().await;
    let file = settings_file_of(&world).await;
    let check = |variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wallet-server"));
        command.args(["--check", "--config", &file]);
        command.envs(variables.iter().copied());
        let output = command.output().unwrap();
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), log)
    };
    let (old, new) = (
        ("CARD_ENTRY_SIGN_INS_PER_QUARTER", "7"),
        ("CARD_ENTRY_SIGN_INS_PER_15_MINUTES", "8"),
    );
    let (success, log) = check(&[old]);
    assert!(success, "{log}");
    let warning = log.lines().find(|line| line.contains("deprecated"));
    let warning = warning.unwrap_or_else(|| panic!("{log}"));
    for name in ["WARN", "sign_ins_per_quarter", "sign_ins_per_15_minutes"] {
        assert!(warning.contains(name), "{warning}");
    }
    let (success, log) = check(&[new]);
    assert!(success && !log.contains("deprecated"), "{log}");
    let (success, log) = check(&[old, new]);
    assert!(!success && log.contains("is set twice"), "{log}");
}
