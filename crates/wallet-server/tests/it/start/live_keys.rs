//! What must not stand beside live keys: plain http, development settings, addresses of the other mode.

use wallet_server::config::{ArticleSettings, TicketEvolutionSettings};
use wallet_server::config::{BokaMeraSettings, BraintreeSettings, ServerConfig, Settings};
use wallet_server::secret::Secret;

use super::settings;

/// Live settings that are right in every point.
pub fn live() -> Settings {
    let mut settings = settings();
    settings.public_url = Some("https://cards.example".to_owned());
    settings.trusted_proxies = Some(vec!["10.0.0.1".parse().unwrap()]);
    let account = &mut settings.accounts[0];
    account.publishable_key = "pk_live_a".to_owned();
    account.secret_key = Some(Secret::new("sk_live_canary".to_owned()));
    settings
}

fn braintree(tokenization_key: &str) -> Settings {
    let mut settings = settings();
    let account = &mut settings.accounts[0];
    account.system = Some("ticket_evolution".to_owned());
    account.publishable_key.clear();
    account.secret_key = None;
    account.ticket_evolution = Some(TicketEvolutionSettings {
        token: "token".to_owned(),
        secret: Some(Secret::new("0123456789abcdef".to_owned())),
        ..TicketEvolutionSettings::default()
    });
    account.braintree = Some(BraintreeSettings {
        tokenization_key: tokenization_key.to_owned(),
        public_key: "public".to_owned(),
        private_key: Some(Secret::new("private-canary".to_owned())),
        ..BraintreeSettings::default()
    });
    settings
}

type Change = fn(&mut Settings);

#[test]
fn live_keys_need_https_and_no_development_settings() {
    let config = ServerConfig::check(live()).unwrap();
    assert_eq!(config.warnings, []);
    let wrong: [(&str, &str, Change); 9] = [
        ("public_url", "plain http", |s| {
            s.public_url = Some("http://cards.example".to_owned())
        }),
        ("public_url", "is missing", |s| {
            s.public_url = None;
            s.listen = Some(([10, 0, 0, 5], 4401).into());
        }),
        ("accounts[0].parents", "use https", |s| {
            s.accounts[0].parents.push("http://old.example".to_owned())
        }),
        ("accounts[0].ancestors", "use https", |s| {
            s.accounts[0].ancestors = vec!["http://old.example".to_owned()]
        }),
        ("accounts[0].bokamera.confirmation_url", "use https", |s| {
            s.accounts[0].system = Some("bokamera".to_owned());
            s.accounts[0].bokamera = Some(BokaMeraSettings {
                company: "dea5b9b5-9b5c-4d5e-8b5a-0123456789ab".to_owned(),
                api_key: Some(Secret::new("canary-0123456789".to_owned())),
                confirmation_url: Some("http://old.example/done".to_owned()),
                articles: vec![ArticleSettings {
                    id: 1,
                    name: "Haircut".to_owned(),
                    price: 4500,
                    ..ArticleSettings::default()
                }],
                ..BokaMeraSettings::default()
            });
        }),
        ("allow_faults", "leave it out", |s| {
            s.allow_faults = true;
            s.gateway_url = Some("http://127.0.0.1:4405".to_owned());
        }),
        ("stripe_js_url", "use https", |s| {
            s.stripe_js_url = Some("http://js.example/v3/".to_owned());
            s.script_sources = Some(vec!["http://js.example".to_owned()]);
        }),
        ("script_sources", "use https", |s| {
            s.script_sources = Some(vec![
                "https://js.stripe.com".to_owned(),
                "http://js.example".to_owned(),
            ]);
        }),
        ("frame_sources", "use https", |s| {
            s.frame_sources = Some(vec!["http://*.js.example".to_owned()])
        }),
    ];
    for (setting, words, change) in wrong {
        let mut settings = live();
        change(&mut settings);
        let error = ServerConfig::check(settings.clone()).unwrap_err();
        assert_eq!(error.setting, setting, "{error}");
        let sentence = error.to_string();
        assert!(
            sentence.contains(words) && !sentence.contains("canary"),
            "{error}"
        );
        // Each of them is accepted with test keys, except that of the page's own script.
        settings.accounts[0].publishable_key = "pk_test_a".to_owned();
        settings.accounts[0].secret_key = Some(Secret::new("sk_test_a".to_owned()));
        let checked = ServerConfig::check(settings);
        assert!(checked.is_ok(), "{setting}: {:?}", checked.err());
    }
}

#[test]
fn pages_on_this_machine_are_accepted_and_a_server_that_nobody_reaches_is_warned_of() {
    let mut settings = live();
    settings.public_url = Some("http://127.0.0.1:4401".to_owned());
    settings.accounts[0].parents = vec!["http://book.localhost:4400".to_owned()];
    let config = ServerConfig::check(settings).unwrap();
    let warned: Vec<_> = config
        .warnings
        .iter()
        .map(|one| one.setting.as_str())
        .collect();
    assert_eq!(warned, ["public_url"]);
}

#[test]
fn keys_of_braintree_need_the_address_of_their_mode() {
    let check = |key: &str, url: Option<&str>| {
        let mut settings = braintree(key);
        settings.braintree_url = url.map(str::to_owned);
        ServerConfig::check(settings)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    let address = "https://payments.sandbox.braintree-api.com/graphql";
    let sandbox = Some(address);
    let error = check("sandbox_abc_merchant", None).unwrap_err();
    assert!(
        error.starts_with("braintree_url: ") && error.contains(address),
        "{error}"
    );
    assert_eq!(check("sandbox_abc_merchant", sandbox), Ok(()));
    let own = Some("http://127.0.0.1:4405/braintree/graphql");
    assert_eq!(check("sandbox_abc_merchant", own), Ok(()));
    let error = check("production_abc_merchant", sandbox).unwrap_err();
    let right = "set https://payments.braintree-api.com/graphql";
    assert!(
        error.contains(right) && !error.contains("canary"),
        "{error}"
    );
}
