//! Old names of settings: accepted with a warning, and an error beside the new name.

use clap::Parser;
use wallet_server::config::{ServerConfig, Settings};

#[test]
fn an_old_name_of_a_setting_is_accepted_and_both_names_are_an_error() {
    let limit = |text: &str, name: &str, flags: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet.toml");
        let accounts = r#"
            [[accounts]]
            id = 1
            name = "Studio"
            currency = "usd"
            country = "US"
            publishable_key = "pk_test_1"
            secret_key = "sk_test_1"
            parents = ["https://book.example"]
        "#;
        std::fs::write(&path, format!("{text}\n{accounts}")).unwrap();
        let path = path.display().to_string();
        let arguments = [&["wallet-server", "--config", path.as_str()], flags].concat();
        let settings = Settings::try_parse_from(arguments).expect(name);
        ServerConfig::load(settings).map_err(|error| error.to_string())
    };
    let sign_ins = |text: &str, flags: &[&str]| {
        limit(text, "sign-ins", flags).map(|config| config.limits.sign_ins_per_15_minutes)
    };
    assert_eq!(sign_ins("", &[]), Ok(10));
    assert_eq!(sign_ins("sign_ins_per_15_minutes = 3", &[]), Ok(3));
    assert_eq!(sign_ins("sign_ins_per_quarter = 4", &[]), Ok(4));
    assert_eq!(sign_ins("", &["--sign-ins-per-15-minutes", "5"]), Ok(5));
    assert_eq!(sign_ins("", &["--sign-ins-per-quarter", "6"]), Ok(6));
    let both = "sign_ins_per_15_minutes: is set twice: also by its old name, sign_ins_per_quarter; \
                remove sign_ins_per_quarter";
    for (text, flags) in [
        (
            "sign_ins_per_15_minutes = 3\nsign_ins_per_quarter = 3",
            [].as_slice(),
        ),
        (
            "sign_ins_per_quarter = 3",
            &["--sign-ins-per-15-minutes", "5"],
        ),
        (
            "sign_ins_per_15_minutes = 3",
            &["--sign-ins-per-quarter", "5"],
        ),
    ] {
        assert_eq!(sign_ins(text, flags), Err(both.to_owned()), "{text}");
    }
    let declines =
        |text: &str| limit(text, "declines", &[]).map(|config| config.breaker.declines_per_intent);
    assert_eq!(declines("breaker.declines_per_intent = 5"), Ok(Some(5)));
    assert_eq!(declines("breaker.refusals_per_intent = 6"), Ok(Some(6)));
    let both = declines("breaker.declines_per_intent = 5\nbreaker.refusals_per_intent = 6");
    assert!(both.unwrap_err().contains("breaker.refusals_per_intent"));
}
