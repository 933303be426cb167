//! The start: sources of settings and their precedence, and the settings that stop the start.

mod contradictions;
mod file;
mod keys;
mod live_keys;
mod numbers;
mod old_names;
mod sections;

use wallet_server::config::{AccountSettings, ServerConfig, Settings};
use wallet_server::secret::Secret;

fn settings() -> Settings {
    Settings {
        accounts: vec![AccountSettings {
            id: 1,
            name: "Studio".to_owned(),
            currency: "usd".to_owned(),
            country: "us".to_owned(),
            publishable_key: "pk_test_a".to_owned(),
            secret_key: Some(Secret::new("sk_test_canary".to_owned())),
            parents: vec!["https://book.example".to_owned()],
            ..AccountSettings::default()
        }],
        ..Settings::default()
    }
}

#[test]
fn the_defaults_are_stripe_and_this_machine() {
    let config = ServerConfig::check(settings()).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:4401");
    assert_eq!(config.gateway_url.as_str(), "https://api.stripe.com");
    assert_eq!(config.page.scripts, "https://js.stripe.com/v3/");
    assert_eq!(
        config.page.script.len() + config.page.frame.len() + config.page.connect.len(),
        6
    );
    assert_eq!(
        (config.password_min, config.limits.intents_per_hour),
        (8, 20)
    );
    assert!(
        !format!("{config:?}").contains("canary"),
        "Debug shows no secret"
    );
}

type Change = fn(&mut Settings);

#[test]
fn an_invalid_setting_is_named_and_a_secret_is_never_shown() {
    let wrong: [(&str, Change); 32] = [
        ("accounts", |s| s.accounts.clear()),
        ("accounts[0].parents", |s| s.accounts[0].parents.clear()),
        ("accounts[0].parents", |s| {
            s.accounts[0].parents = vec!["*".to_owned()]
        }),
        ("accounts[0].parents", |s| {
            s.accounts[0].parents.push("https://*.example".to_owned())
        }),
        ("accounts[0].parents", |s| {
            s.accounts[0]
                .parents
                .push("https://book.example/".to_owned())
        }),
        ("accounts[0].ancestors", |s| {
            s.accounts[0].ancestors = vec!["*".to_owned()]
        }),
        ("accounts[0].ancestors", |s| {
            s.accounts[0].ancestors = vec!["https://*.example".to_owned()]
        }),
        ("accounts[0].ancestors", |s| {
            s.accounts[0].ancestors = vec!["https://salon.example/".to_owned()]
        }),
        ("public_url", |s| {
            s.public_url = Some("https://cards.example".to_owned());
            s.accounts[0].ancestors = vec!["https://cards.example".to_owned()];
        }),
        ("accounts[0].id", |s| s.accounts[0].id = 0),
        ("accounts[1].id", |s| s.accounts.push(s.accounts[0].clone())),
        ("accounts[0].publishable_key", |s| {
            s.accounts[0].publishable_key = "sk_test_canary".to_owned()
        }),
        ("accounts[0].secret_key", |s| {
            s.accounts[0].secret_key = None
        }),
        ("accounts[0].secret_key", |s| {
            s.accounts[0].secret_key = Some(Secret::new("sk_live_canary".to_owned()))
        }),
        ("accounts[0].secret_key", |s| {
            s.accounts[0].secret_key_env = Some("NO_SUCH".to_owned())
        }),
        ("accounts[0].secret_key_env", |s| {
            s.accounts[0].secret_key = None;
            s.accounts[0].secret_key_env = Some("CARD_ENTRY_NO_SUCH_VARIABLE".to_owned());
        }),
        ("accounts[0].currency", |s| {
            s.accounts[0].currency = "xyz".to_owned()
        }),
        ("accounts[0].country", |s| {
            s.accounts[0].country = "USA".to_owned()
        }),
        ("accounts[0].holds_key", |s| {
            s.accounts[0].holds_key = Some(Secret::new("canary".to_owned()))
        }),
        ("accounts[0].holds_key", |s| {
            // 15 characters in 21 bytes.
            s.accounts[0].holds_key = Some(Secret::new("canary123ßßßßßß".to_owned()))
        }),
        ("public_url", |s| {
            s.public_url = Some("https://book.example".to_owned())
        }),
        ("public_url", |s| {
            s.listen = Some(([0, 0, 0, 0], 4401).into())
        }),
        ("gateway_url", |s| {
            s.gateway_url = Some("http://api.example".to_owned())
        }),
        ("accounts[0].webhook_secrets", |s| {
            s.accounts[0].webhook_secrets = vec![Secret::new("canary".to_owned())]
        }),
        ("accounts[0].webhook_secrets", |s| {
            s.accounts[0].webhook_secrets = vec![Secret::new("whsec_canary_canary".to_owned())];
            s.accounts[0].webhook_secrets_env = Some("NO_SUCH".to_owned());
        }),
        ("breaker.percent", |s| {
            s.breaker.get_or_insert_default().percent = Some(0)
        }),
        ("accounts[0].breaker.percent", |s| {
            s.accounts[0].breaker.get_or_insert_default().percent = Some(101)
        }),
        ("challenge.when", |s| {
            s.challenge.get_or_insert_default().when = Some("canary".to_owned())
        }),
        ("challenge.url", |s| {
            let section = s.challenge.get_or_insert_default();
            section.when = Some("always".to_owned());
            section.url = "http://check.example/".to_owned();
        }),
        ("challenge.secret", |s| {
            let section = s.challenge.get_or_insert_default();
            section.when = Some("always".to_owned());
            section.url = "https://check.example/".to_owned();
        }),
        ("allow_faults", |s| s.allow_faults = true),
        ("script_sources", |s| {
            s.script_sources = Some(vec!["*".to_owned()])
        }),
    ];
    for (setting, change) in wrong {
        let mut settings = settings();
        change(&mut settings);
        let error = ServerConfig::check(settings).unwrap_err();
        assert_eq!(error.setting, setting, "{error}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
}

#[test]
fn a_parent_on_the_servers_own_host_is_found() {
    let with = |url: &str, parent: &str| {
        let mut settings = settings();
        settings.public_url = Some(url.to_owned());
        settings.accounts[0].parents = vec![parent.to_owned()];
        ServerConfig::check(settings)
            .unwrap()
            .parents_on_own_host()
            .len()
    };
    assert_eq!(with("https://book.example:8443", "https://book.example"), 1);
    assert_eq!(with("https://cards.example", "https://book.example"), 0);
    assert_eq!(
        with("http://127.0.0.1:4401", "http://127.0.0.1:4400"),
        0,
        "one machine, in development"
    );
}

#[test]
fn the_demos_template_is_valid_and_a_flag_wins_over_the_file() {
    let template = include_str!("../../../../demo/wallet-server.toml");
    let mut text = template.to_owned();
    for (token, value) in [
        ("listen", "127.0.0.1:4401"),
        ("wallet", "http://127.0.0.1:4401"),
        ("booking", "http://127.0.0.1:4400"),
        ("scripts", "http://127.0.0.1:4402"),
        ("fields", "http://127.0.0.1:4403"),
        ("hooks", "http://127.0.0.1:4404"),
        ("api", "http://127.0.0.1:4405"),
        ("data", "/data"),
        ("booking_on_other_site", "http://localhost:4400"),
        ("home", "http://home.localhost:4400"),
        ("dist", "/dist"),
        ("holds_key", "0123456789abcdef"),
        ("bokamera_key", "0123456789abcdef"),
        ("ticket_evolution_secret", "0123456789abcdef"),
        (
            "mikrocloud_secret",
            "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        ),
        ("quilt_key", "0123456789abcdef"),
        ("webhook_mytime", "whsec_0123456789"),
        ("webhook_mikrocloud", "whsec_1123456789"),
        ("webhook_quilt", "whsec_2123456789"),
    ] {
        text = text.replace(&format!("{{{{{token}}}}}"), value);
    }
    assert!(!text.contains("{{"), "{text}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wallet.toml");
    std::fs::write(&path, &text).unwrap();
    let from = |settings: Settings| {
        ServerConfig::load(Settings {
            config: Some(path.clone()),
            ..settings
        })
    };
    let config = from(Settings::default()).unwrap();
    let account = config.accounts.by_id(40426).unwrap();
    assert_eq!(
        (account.name.as_str(), account.publishable_key.as_str()),
        ("Harbour Street Studio", "pk_test_demo")
    );
    assert_eq!((config.password_min, config.allow_faults), (3, true));
    let stronger = from(Settings {
        password_min: Some(12),
        ..Settings::default()
    })
    .unwrap();
    assert_eq!(stronger.password_min, 12);

    std::fs::write(&path, text.replace("listen =", "listenn =")).unwrap();
    let error = from(Settings::default()).unwrap_err().to_string();
    assert!(
        error.contains("listen") && error.contains("near line"),
        "{error}"
    );
    std::fs::write(
        &path,
        text.replace("\nid = 40426", "\nid = \"sk_test_canary\""),
    )
    .unwrap();
    assert!(
        !from(Settings::default())
            .unwrap_err()
            .to_string()
            .contains("canary")
    );
}
