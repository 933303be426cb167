//! `wallet-server account`: the settings file after a change, and the changes that are refused before it is written.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const FILE: &str = r#"# The settings of Harbour Street.
database = "wallet.db" # next to this file

[[accounts]]
id = 40426
name = "Studio" # what people read
currency = "usd"
country = "US"
publishable_key = "pk_test_studio0123456789"
secret_key = "sk_test_canary_studio_0001"
webhook_secrets = ["whsec_canary_studio_0001"]
parents = ["https://book.studio.example"]

[accounts.mytime]
locations = [{ id = 1, name = "Harbour Street" }]

# Everything after the accounts stays where it is.
[breaker]
minimum = 30
"#;

/// A settings file that only its owner can read.
struct SettingsFile {
    folder: TempDir,
    path: PathBuf,
}

struct Answer {
    success: bool,
    out: String,
    error: String,
}

impl SettingsFile {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet.toml");
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        Self { folder, path }
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.path).unwrap()
    }

    /// A file beside the settings, with a secret.
    fn secret(&self, name: &str, secret: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, format!("{secret}\n")).unwrap();
        path.display().to_string()
    }

    fn run(&self, arguments: &[&str], input: &str) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wallet-server"));
        command
            .arg("--config")
            .arg(&self.path)
            .arg("account")
            .args(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that reads nothing may have ended.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Answer {
            success: output.status.success(),
            out: text(output.stdout),
            error: text(output.stderr),
        }
    }

    /// The command succeeds, and prints no secret.
    fn succeeds(&self, arguments: &[&str], input: &str) -> String {
        let answer = self.run(arguments, input);
        assert!(answer.success, "{}", answer.error);
        assert!(
            !answer.out.contains("canary") && answer.error.is_empty(),
            "{}",
            answer.error
        );
        answer.out
    }

    /// The command is refused with these words, and the file is as it was.
    fn refuses(&self, arguments: &[&str], input: &str, words: &str) {
        let before = self.text();
        let answer = self.run(arguments, input);
        assert!(
            !answer.success && answer.error.contains(words),
            "{}",
            answer.error
        );
        assert!(!answer.error.contains("canary"), "{}", answer.error);
        assert_eq!(self.text(), before);
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        let left = files.filter(|file| {
            file.as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with(".tmp")
        });
        assert_eq!(left.count(), 0, "nothing is left beside the file");
    }
}

#[test]
fn the_list_shows_the_end_of_keys_only() {
    let file = SettingsFile::new(FILE);
    let text = file.succeeds(&["list"], "");
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].starts_with("id     system  provider  mode  secret_key"),
        "{text}"
    );
    let row = "40426  mytime  stripe    test  …0001       Studio  https://book.studio.example";
    assert_eq!(lines[1], row);
    let json: Value = serde_json::from_str(&file.succeeds(&["list", "--json"], "")).unwrap();
    let account = &json["accounts"][0];
    assert_eq!(account["webhook_secrets"][0], "…0001");
    assert_eq!(account["publishable_key"], "…6789");
    assert_eq!(account["parents"][0], "https://book.studio.example");
    assert_eq!(
        (&account["mode"], &account["holds_key"]),
        (&"test".into(), &false.into())
    );
}

/// The arguments of a second account, without its secrets.
const ROASTERS: [&str; 15] = [
    "add",
    "--id",
    "7",
    "--system",
    "quilt",
    "--name",
    "Harbour Roasters",
    "--currency",
    "usd",
    "--country",
    "US",
    "--publishable-key",
    "pk_test_till",
    "--parent",
    "https://till.example",
];

#[test]
fn an_account_is_added_after_the_others_and_comments_stay() {
    let file = SettingsFile::new(FILE);
    let (stripe, account_key) = (
        format!(
            "secret_key={}",
            file.secret("stripe", "sk_test_canary_till_0002")
        ),
        format!(
            "quilt.key={}",
            file.secret("till", "canary-till-key-0123456789")
        ),
    );
    let more = [
        "--secret-file",
        &stripe,
        "--secret-file",
        &account_key,
        "--set",
        "quilt.external_account_id=roasters",
    ];
    let said = file.succeeds(&[&ROASTERS[..], &more].concat(), "");
    assert!(
        said.starts_with("account 7 was added to ") && said.contains("SIGHUP"),
        "{said}"
    );
    let text = file.text();
    for kept in FILE.lines() {
        assert!(text.lines().any(|line| line == kept), "{kept}: {text}");
    }
    let at = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("no {words}: {text}"))
    };
    assert!(
        at("[accounts.mytime]") < at("id = 7") && at("id = 7") < at("[accounts.quilt]"),
        "{text}"
    );
    let mode = std::fs::metadata(&file.path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let list = file.succeeds(&["list"], "");
    assert!(list.contains("quilt") && list.contains("…0002"), "{list}");
}

#[test]
fn an_account_that_the_server_would_refuse_is_not_written() {
    let file = SettingsFile::new(FILE);
    let key = format!(
        "secret_key={}",
        file.secret("stripe", "sk_live_canary_till_0002")
    );
    let account_key = format!(
        "quilt.key={}",
        file.secret("till", "canary-till-key-0123456789")
    );
    let id = [
        "--set",
        "quilt.external_account_id=roasters",
        "--secret-file",
        &account_key,
        "--secret-file",
        &key,
    ];
    let all = [&ROASTERS[..], &id].concat();
    file.refuses(
        &all,
        "",
        "accounts[1].secret_key: give a key that starts with sk_test_",
    );
    let taken: Vec<&str> = all
        .iter()
        .map(|one| if *one == "7" { "40426" } else { one })
        .collect();
    let key = format!(
        "secret_key={}",
        file.secret("stripe", "sk_test_canary_till_0002")
    );
    let taken: Vec<&str> = taken
        .into_iter()
        .map(|one| {
            if one.starts_with("secret_key=") {
                &key
            } else {
                one
            }
        })
        .collect();
    file.refuses(&taken, "", "accounts[1].id: is taken");
    for secret in [
        "secret_key=sk_test_canary",
        "quilt.key=canary-till-key-0123456789",
        "mikrocloud.keys=[{secret=\"canary\"}]",
    ] {
        file.refuses(
            &[&ROASTERS[..], &["--set", secret]].concat(),
            "",
            "--secret-file or --secret-env",
        );
    }
    file.refuses(
        &[&ROASTERS[..], &["--secret-env", "pin=CANARY"]].concat(),
        "",
        "is no secret of an account",
    );
    file.refuses(
        &[&ROASTERS[..], &["--secret-file", "sk_test_canary"]].concat(),
        "",
        "as SETTING=VALUE",
    );
}

#[test]
fn a_key_is_replaced_and_a_webhook_secret_is_rolled() {
    let file = SettingsFile::new(FILE);
    let said = file.succeeds(
        &["rotate", "40426", "secret_key"],
        "sk_test_canary_studio_0003\n",
    );
    assert!(
        said.starts_with("secret_key of account 40426 has a new value in "),
        "{said}"
    );
    let expected = FILE.replace("sk_test_canary_studio_0001", "sk_test_canary_studio_0003");
    assert_eq!(file.text(), expected, "nothing else is changed");

    let next = file.secret("whsec", "whsec_canary_studio_0004");
    let said = file.succeeds(&["rotate", "40426", "webhook_secrets", "--file", &next], "");
    assert!(said.contains("--drop-old"), "{said}");
    let both = r#"webhook_secrets = ["whsec_canary_studio_0004", "whsec_canary_studio_0001"]"#;
    assert!(file.text().contains(both), "{}", file.text());
    file.succeeds(
        &["rotate", "40426", "webhook_secrets"],
        "whsec_canary_studio_0005",
    );
    let both = r#"webhook_secrets = ["whsec_canary_studio_0005", "whsec_canary_studio_0004"]"#;
    assert!(file.text().contains(both), "{}", file.text());
    file.succeeds(&["rotate", "40426", "webhook_secrets", "--drop-old"], "");
    assert!(
        file.text()
            .contains(r#"webhook_secrets = ["whsec_canary_studio_0005"]"#),
        "{}",
        file.text()
    );
}

#[test]
fn a_rotation_that_cannot_be_right_changes_nothing() {
    let file = SettingsFile::new(FILE);
    file.refuses(
        &["rotate", "8", "secret_key"],
        "sk_test_canary_1",
        "no account 8",
    );
    file.refuses(
        &["rotate", "40426", "secret_key"],
        "sk_live_canary_1",
        "sk_test_ or rk_test_",
    );
    file.refuses(
        &["rotate", "40426", "secret_key"],
        " \n",
        "the standard input is empty",
    );
    file.refuses(
        &["rotate", "40426", "webhook_secrets"],
        "sk_test_canary_0123456789",
        "is an API key",
    );
    file.refuses(
        &["rotate", "40426", "publishable_key"],
        "pk_test_1",
        "is no secret of an account",
    );
    file.refuses(
        &["rotate", "40426", "secret_key", "--drop-old"],
        "",
        "has one value",
    );
    file.refuses(
        &["rotate", "40426", "secret_key", "--file", "/no/such"],
        "",
        "/no/such cannot be read",
    );
    let variable = FILE.replace(
        "secret_key = \"sk_test_canary_studio_0001\"",
        "secret_key_env = \"STRIPE_KEY\"",
    );
    let of_variable = SettingsFile::new(&variable);
    of_variable.refuses(
        &["rotate", "40426", "secret_key"],
        "sk_test_canary_1",
        "is in the variable STRIPE_KEY",
    );
    let inline = SettingsFile::new("accounts = [{ id = 1 }]\n");
    inline.refuses(
        &["rotate", "1", "secret_key"],
        "sk_test_canary_1",
        "[[accounts]]",
    );
}

#[test]
fn a_key_of_tokens_is_added_beside_the_old_one() {
    let text = r#"[[accounts]]
id = 9
system = "mikrocloud"
name = "Panel"
currency = "usd"
country = "US"
publishable_key = "pk_test_panel"
secret_key = "sk_test_canary_panel_0001"
parents = ["https://panel.example"]

[accounts.mikrocloud]
issuer = "https://login.example"

[[accounts.mikrocloud.keys]]
id = "2026"
algorithm = "HS256"
secret = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
"#;
    let file = SettingsFile::new(text);
    let next = "YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNkZWZnaGlqYWI=";
    file.succeeds(
        &["rotate", "9", "mikrocloud.keys", "--key-id", "2027"],
        next,
    );
    let both = file.text();
    assert_eq!(
        both.matches("[[accounts.mikrocloud.keys]]").count(),
        2,
        "{both}"
    );
    assert!(
        both.starts_with(text.trim_end()) && both.contains("id = \"2027\""),
        "{both}"
    );
    file.succeeds(&["rotate", "9", "mikrocloud.keys", "--drop-old"], "");
    let one = file.text();
    assert!(!one.contains("\"2026\"") && one.contains(next), "{one}");
    file.refuses(
        &["rotate", "9", "mikrocloud.keys"],
        "c2hvcnQ=",
        "accounts[0].mikrocloud.keys[1].secret",
    );
}
