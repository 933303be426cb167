//! Settings that contradict each other: refused when nothing can work, warned of otherwise.

use wallet_server::config::{ServerConfig, Settings};

use super::live_keys::live;
use super::settings;

fn warned(change: impl FnOnce(&mut Settings)) -> Vec<String> {
    let mut settings = settings();
    change(&mut settings);
    let config = ServerConfig::check(settings).unwrap();
    config.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_page_that_forbids_its_own_script_is_refused() {
    let mut settings = settings();
    settings.stripe_js_url = Some("https://scripts.example/v3/".to_owned());
    let error = ServerConfig::check(settings.clone()).unwrap_err();
    assert_eq!(error.setting, "script_sources");
    assert!(error.problem.contains("stripe_js_url"), "{error}");
    settings.script_sources = Some(vec!["https://*.example.com".to_owned()]);
    assert!(ServerConfig::check(settings.clone()).is_err());
    settings.script_sources = Some(vec!["https://scripts.example".to_owned()]);
    assert!(ServerConfig::check(settings).is_ok());
}

#[test]
fn a_call_to_the_gateway_that_outlasts_its_request_is_warned_of() {
    assert_eq!(warned(|_| ()), [""; 0], "the defaults fit");
    let both = |gateway, request| {
        warned(|s| {
            s.gateway_timeout_ms = Some(gateway);
            s.request_timeout_ms = Some(request);
        })
    };
    // Three tries, and two pauses of up to two seconds.
    assert_eq!(both(8_000, 28_001), [""; 0]);
    let all = both(8_000, 28_000);
    assert_eq!(all.len(), 1, "{all:?}");
    let start = "request_timeout_ms: is 28000 ms, and one call to the gateway may take 28000 ms";
    assert!(
        all[0].starts_with(start) && all[0].contains("shorter gateway_timeout_ms"),
        "{all:?}"
    );
}

#[test]
fn addresses_that_hide_or_invent_clients_are_warned_of() {
    let ranges = |text: &str| Some(vec![text.parse().unwrap()]);
    let https = warned(|s| s.public_url = Some("https://cards.example".to_owned()));
    assert!(
        https[0].starts_with("trusted_proxies: is empty"),
        "{https:?}"
    );
    let wide = warned(|s| s.trusted_proxies = ranges("0.0.0.0/1"));
    assert!(
        wide[0].starts_with("trusted_proxies: 0.0.0.0/1 is wider"),
        "{wide:?}"
    );
    for private in ["10.0.0.0/8", "fc00::/7"] {
        assert_eq!(
            warned(|s| s.trusted_proxies = ranges(private)),
            [""; 0],
            "{private}"
        );
    }
    let metrics = warned(|s| s.metrics_listen = Some("0.0.0.0:9464".parse().unwrap()));
    assert!(metrics[0].starts_with("metrics_listen: "), "{metrics:?}");
    let shared = warned(|s| {
        s.public_url = Some("https://book.example:8443".to_owned());
        s.trusted_proxies = ranges("10.0.0.1");
    });
    assert!(
        shared[0].starts_with("public_url: https://book.example has the same host"),
        "{shared:?}"
    );
}

#[test]
fn other_doubtful_settings_are_warned_of() {
    let limits = warned(|s| s.intents_per_hour = Some(61));
    assert!(limits[0].starts_with("intents_per_hour: "), "{limits:?}");
    let twice = warned(|s| {
        let parent = s.accounts[0].parents[0].clone();
        s.accounts[0].ancestors = vec![parent];
    });
    assert!(
        twice[0].starts_with("accounts[0].ancestors: https://book.example stands twice"),
        "{twice:?}"
    );
    let mut short = live();
    short.password_min = Some(7);
    let config = ServerConfig::check(short).unwrap();
    assert_eq!(config.warnings[0].setting, "password_min");
}
