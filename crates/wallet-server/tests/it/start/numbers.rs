//! Numbers out of their range: limits of 0, times that are too long or too short.

use wallet_server::config::{
    AcceptSettings, BreakerSettings, LocationSettings, MyTimeSettings, ServerConfig, Settings,
};

use super::settings;

type Change = fn(&mut Settings);

fn refusal(change: Change) -> (String, String) {
    let mut settings = settings();
    change(&mut settings);
    let error = ServerConfig::check(settings).unwrap_err();
    (error.setting, error.problem)
}

#[test]
fn a_limit_of_zero_is_refused_and_says_that_nothing_turns_it_off() {
    let limits: [(&str, Change); 6] = [
        ("intents_per_hour", |s| s.intents_per_hour = Some(0)),
        ("intents_per_hour_and_address", |s| {
            s.intents_per_hour_and_address = Some(0)
        }),
        ("cards_per_day", |s| s.cards_per_day = Some(0)),
        ("cards_per_wallet", |s| s.cards_per_wallet = Some(0)),
        ("sign_ins_per_15_minutes", |s| {
            s.sign_ins_per_15_minutes = Some(0)
        }),
        ("sign_ups_per_hour", |s| s.sign_ups_per_hour = Some(0)),
    ];
    for (name, change) in limits {
        let (setting, problem) = refusal(change);
        assert_eq!(setting, name);
        assert!(
            problem.contains("no value turns this limit off"),
            "{problem}"
        );
    }
}

#[test]
fn a_number_out_of_its_range_is_refused_with_the_range() {
    let wrong: [(&str, &str, Change); 14] = [
        ("gateway_timeout_ms", "100 to 25000 milliseconds", |s| {
            s.gateway_timeout_ms = Some(0)
        }),
        ("gateway_timeout_ms", "100 to 25000 milliseconds", |s| {
            s.gateway_timeout_ms = Some(u64::MAX)
        }),
        ("request_timeout_ms", "100 to 120000 milliseconds", |s| {
            s.request_timeout_ms = Some(u64::MAX)
        }),
        ("session_days", "1 to 3650 days", |s| {
            s.session_days = Some(0)
        }),
        ("session_days", "1 to 3650 days", |s| {
            s.session_days = Some(u16::MAX)
        }),
        ("password_min", "1 to 64 characters", |s| {
            s.password_min = Some(0)
        }),
        ("password_min", "1 to 64 characters", |s| {
            s.password_min = Some(255)
        }),
        ("breaker.window_minutes", "minimum = 0 turns", |s| {
            s.breaker = Some(BreakerSettings {
                window_minutes: Some(0),
                ..BreakerSettings::default()
            })
        }),
        ("breaker.pause_minutes", "1 to 1440 minutes", |s| {
            s.breaker = Some(BreakerSettings {
                pause_minutes: Some(u16::MAX),
                ..BreakerSettings::default()
            })
        }),
        ("accounts[0].accept.min_months_valid", "0 to 60", |s| {
            s.accounts[0].accept = Some(AcceptSettings {
                min_months_valid: 61,
                ..AcceptSettings::default()
            })
        }),
        ("accounts[0].id", "from 1 to 9007199254740991", |s| {
            s.accounts[0].id = i64::MAX
        }),
        ("accounts[0].name", "people read it", |s| {
            s.accounts[0].name = " ".to_owned()
        }),
        ("accounts[0].mytime.locations[1].id", "of its own", |s| {
            let harbour = LocationSettings {
                id: 1,
                name: "Harbour Street".to_owned(),
            };
            s.accounts[0].mytime = Some(MyTimeSettings {
                locations: vec![harbour.clone(), harbour],
            })
        }),
        ("accounts[0].mytime.locations[0].name", "is missing", |s| {
            let nameless = LocationSettings {
                id: 1,
                name: String::new(),
            };
            s.accounts[0].mytime = Some(MyTimeSettings {
                locations: vec![nameless],
            })
        }),
    ];
    for (name, words, change) in wrong {
        let (setting, problem) = refusal(change);
        assert_eq!(setting, name);
        assert!(problem.contains(words), "{name}: {problem}");
    }
}
