//! The TOML file itself: who can read and change it, and names that it does not know.

use std::os::unix::fs::PermissionsExt;

use wallet_server::config::{ConfigError, ServerConfig, Settings};

fn text(mode: &str, key: &str) -> String {
    format!(
        "public_url = \"https://cards.example\"\ntrusted_proxies = [\"10.0.0.1\"]\n[[accounts]]\nid = 1\n\
         name = \"Studio\"\ncurrency = \"usd\"\ncountry = \"US\"\npublishable_key = \"pk_{mode}_1\"\n{key}\n\
         parents = [\"https://book.example\"]\n"
    )
}

fn load(text: &str, permissions: u32) -> Result<ServerConfig, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wallet.toml");
    std::fs::write(&path, text).unwrap();
    let permissions = std::fs::Permissions::from_mode(permissions);
    std::fs::set_permissions(&path, permissions).unwrap();
    ServerConfig::load(Settings {
        config: Some(path),
        ..Settings::default()
    })
}

#[test]
fn live_keys_in_a_file_that_other_users_can_read_are_refused() {
    let live = text("live", "secret_key = \"sk_live_canary\"");
    assert_eq!(load(&live, 0o640).unwrap().warnings, []);
    for (permissions, words) in [(0o644, "can be read"), (0o602, "can be changed")] {
        let error = load(&live, permissions).unwrap_err();
        assert_eq!(error.setting, "config");
        let said = error.to_string();
        assert!(
            said.contains(words) && said.contains("chmod o-rw"),
            "{said}"
        );
        assert!(!said.contains("canary"));
    }
    // A file without secrets may be read by everybody.
    let variable = "CARD_ENTRY_TEST_LIVE_KEY_IS_NOT_SET";
    let named = text("live", &format!("secret_key_env = \"{variable}\""));
    let error = load(&named, 0o644).unwrap_err();
    assert_eq!(error.setting, "accounts[0].secret_key_env");
}

#[test]
fn test_keys_in_a_file_that_other_users_can_read_are_warned_of() {
    let test = text("test", "secret_key = \"sk_test_canary\"");
    assert_eq!(load(&test, 0o600).unwrap().warnings, []);
    let warnings = load(&test, 0o644).unwrap().warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!(warnings[0].setting, "config");
}

#[test]
fn an_unknown_name_is_answered_with_the_one_that_was_meant() {
    let test = text("test", "secret_key = \"sk_test_canary\"");
    for (line, words) in [
        (
            "listenn = \"127.0.0.1:1\"",
            "there is no setting `listenn` here; did you mean `listen`?",
        ),
        ("sk_test_canary = 1", "a value of the wrong kind"),
    ] {
        let said = load(&format!("{line}\n{test}"), 0o600)
            .unwrap_err()
            .to_string();
        assert!(
            said.contains(words) && said.contains("near line 1"),
            "{said}"
        );
        assert!(!said.contains("canary"), "{said}");
    }
    let misplaced = format!("{test}intents_per_hour = 3\n");
    let said = load(&misplaced, 0o600).unwrap_err().to_string();
    assert!(
        said.contains("near line 11") && said.contains("above the first [section]"),
        "{said}"
    );
}
