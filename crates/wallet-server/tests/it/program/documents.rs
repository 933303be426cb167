//! The snippets of README.md and docs/own-users.md, run as they stand there.
//!
//! The keys' dots and the ports are replaced, nothing else.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::Program;
use crate::support::{World, eventually};

/// 32 bytes in base64, as `openssl rand -base64 32` prints them.
const TOKEN_SECRET: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The text of the first fenced block of this language in a document.
fn snippet(document: &str, language: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join(document)).unwrap();
    let fence = format!("```{language}\n");
    let (_, rest) = text
        .split_once(&fence)
        .unwrap_or_else(|| panic!("{document} has no {language}"));
    rest.split_once("```").unwrap().0.to_owned()
}

/// A configuration with the sandbox's keys and a port that is free.
fn configuration(world: &World, name: &str, snippet: &str) -> String {
    let text = snippet.replace("pk_test_…", "pk_test_studio");
    let folder = world.folder().display().to_string();
    let gateway = world.sandbox.origins().api.clone();
    let head = format!(
        "listen = \"127.0.0.1:0\"\ndatabase = \"{folder}/{name}.db\"\ndist = \"{folder}/dist\"\n\
         gateway_url = \"{gateway}\"\n"
    );
    let path = world.folder().join(format!("{name}.toml"));
    std::fs::write(&path, head + &text).unwrap();
    path.display().to_string()
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wallet-server"));
    command
        .env("STRIPE_SECRET_KEY", "sk_test_studio")
        .env("WALLET_TOKEN_SECRET", TOKEN_SECRET);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn the_smallest_configuration_of_the_readme_is_accepted() {
    let world = World::open().await;
    let file = configuration(&world, "readme", &snippet("README.md", "toml"));
    let checked = program()
        .args(["--config", &file, "--check"])
        .output()
        .unwrap();
    assert!(checked.status.success(), "{checked:?}");
    // The same without its secret says which variable is missing.
    let refused = program()
        .env_remove("WALLET_TOKEN_SECRET")
        .args(["--config", &file, "--check"])
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success(), "{words}");
    assert!(words.contains("WALLET_TOKEN_SECRET"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_with_its_own_users_signs_tokens_as_the_guide_says() {
    let world = World::open().await;
    let guide = "docs/own-users.md";
    let file = configuration(&world, "own", &snippet(guide, "toml"));
    let mut command = program();
    command.args(["--config", &file]);
    let running = Program::watch(command);
    eventually("it listens", || async {
        running.log().contains("address=")
    })
    .await;

    let module = world.folder().join("token.mjs");
    let call = "\nprocess.stdout.write(walletToken(process.argv[2]));\n";
    std::fs::write(&module, snippet(guide, "js") + call).unwrap();
    let token_of = |customer: &str| {
        let made = Command::new("node")
            .arg(&module)
            .arg(customer)
            .env("WALLET_TOKEN_SECRET", TOKEN_SECRET)
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        String::from_utf8(made.stdout).unwrap()
    };
    let base = format!("http://{}/v1/account", running.address());
    let list = |token: String| {
        let request = world.http.get(format!("{base}/payment-methods"));
        request.bearer_auth(token).send()
    };
    let answer = list(token_of("17")).await.unwrap();
    assert_eq!(answer.status(), 200, "{answer:?}");
    assert_eq!(answer.json::<Value>().await.unwrap(), json!([]));
    // Its scope lets the page begin a card, too.
    let begun = world.http.post(format!("{base}/setup-intent"));
    let begun = begun.bearer_auth(token_of("17")).send().await.unwrap();
    assert_eq!(begun.status(), 201, "{begun:?}");
    // One letter of the signature changed: refused.
    let mut forged = token_of("17");
    let last = forged.pop().unwrap();
    let other = if last == 'A' { 'E' } else { 'A' };
    forged.push(other);
    assert_eq!(list(forged).await.unwrap().status(), 401);
}
