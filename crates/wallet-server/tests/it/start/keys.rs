//! Keys in the wrong place, or in two places.

use wallet_server::config::{AccountSettings, ServerConfig, Settings};
use wallet_server::secret::Secret;

use super::live_keys::live;
use super::settings;

fn secret(text: &str) -> Option<Secret> {
    Some(Secret::new(text.to_owned()))
}

/// The same settings with another account, which is the first one with changes.
fn with_second(mut settings: Settings, change: impl FnOnce(&mut AccountSettings)) -> Settings {
    let mut second = settings.accounts[0].clone();
    second.id = 2;
    change(&mut second);
    settings.accounts.push(second);
    settings
}

fn warnings_of(settings: Settings) -> Vec<String> {
    let config = ServerConfig::check(settings).unwrap();
    config.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_key_of_the_gateway_in_another_place_is_refused() {
    type Change = fn(&mut AccountSettings);
    let wrong: [(&str, &str, Change); 6] = [
        ("accounts[0].webhook_secrets", "is an API key", |a| {
            a.webhook_secrets = secret("sk_test_canary_0123456789").into_iter().collect()
        }),
        ("accounts[0].webhook_secrets", "one secret twice", |a| {
            let one = secret("whsec_canary_0123456789").unwrap();
            a.webhook_secrets = vec![one.clone(), one];
        }),
        ("accounts[0].holds_key", "callers must not have", |a| {
            a.holds_key = secret("sk_test_canary_0123456789")
        }),
        ("accounts[0].holds_key", "callers must not have", |a| {
            a.holds_key = secret("whsec_canary_0123456789")
        }),
        ("accounts[0].secret_key", "a line end", |a| {
            a.secret_key = secret("sk_test_canary\n")
        }),
        ("accounts[0].secret_key", "the whole key", |a| {
            a.secret_key = secret("sk_test_…")
        }),
    ];
    for (setting, words, change) in wrong {
        let mut settings = settings();
        change(&mut settings.accounts[0]);
        let error = ServerConfig::check(settings).unwrap_err();
        assert_eq!(error.setting, setting, "{error}");
        let sentence = error.to_string();
        assert!(
            sentence.contains(words) && !sentence.contains("canary"),
            "{sentence}"
        );
    }
}

#[test]
fn a_key_of_two_accounts_is_warned_of_unless_they_are_connected_accounts() {
    let same = warnings_of(with_second(settings(), |_| ()));
    assert_eq!(same.len(), 1, "{same:?}");
    assert!(
        same[0].starts_with("accounts[1].publishable_key: is account 1’s"),
        "{same:?}"
    );
    let connected = with_second(settings(), |a| {
        a.gateway_account = Some("acct_2".to_owned())
    });
    assert_eq!(warnings_of(connected), [""; 0]);
    let pair = with_second(settings(), |a| a.publishable_key = "pk_test_b".to_owned());
    let pair = warnings_of(pair);
    assert!(pair[0].starts_with("accounts[1].secret_key: "), "{pair:?}");
    let mut first = settings();
    first.accounts[0].holds_key = secret("holds-canary-0123456789");
    let other = |a: &mut AccountSettings| {
        a.publishable_key = "pk_test_b".to_owned();
        a.secret_key = secret("sk_test_b");
    };
    let holds = warnings_of(with_second(first, other));
    assert!(holds[0].starts_with("accounts[1].holds_key: "), "{holds:?}");
    assert!(!format!("{same:?}{pair:?}{holds:?}").contains("canary"));
}

#[test]
fn a_webhook_secret_of_two_accounts_is_refused_with_live_keys() {
    let shared = |mut settings: Settings, mode: &str| {
        let all = secret("whsec_canary_0123456789").into_iter().collect();
        settings.accounts[0].webhook_secrets = all;
        with_second(settings, |a| {
            a.publishable_key = format!("pk_{mode}_b");
            a.secret_key = secret(&format!("sk_{mode}_b"));
        })
    };
    // `stripe listen` has one secret for all.
    let warned = warnings_of(shared(settings(), "test"));
    assert!(
        warned[0].starts_with("accounts[1].webhook_secrets: "),
        "{warned:?}"
    );
    let error = ServerConfig::check(shared(live(), "live")).unwrap_err();
    assert_eq!(error.setting, "accounts[1].webhook_secrets");
    assert!(!error.to_string().contains("canary"));
}
