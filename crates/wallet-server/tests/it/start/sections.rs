//! Sections of one wallet system that stop the start when they are incomplete.

use wallet_server::config::{AccountSettings, ArticleSettings, BokaMeraSettings, ServerConfig};
use wallet_server::secret::Secret;

use super::settings;

#[test]
fn an_incomplete_bokamera_section_stops_the_start() {
    let haircut = ArticleSettings {
        id: 7,
        type_id: 1,
        name: "Haircut".to_owned(),
        price: 45_000,
    };
    let good = || BokaMeraSettings {
        company: "dea5b9b5-9b5c-4d5e-8b5a-0123456789ab".to_owned(),
        api_key: Some(Secret::new("canary-0123456789".to_owned())),
        articles: vec![haircut.clone()],
        ..BokaMeraSettings::default()
    };
    let check = |sections: Vec<BokaMeraSettings>| {
        let mut settings = settings();
        let first = settings.accounts[0].clone();
        let account = |(id, section): (i64, BokaMeraSettings)| AccountSettings {
            id,
            system: Some("bokamera".to_owned()),
            bokamera: Some(section),
            ..first.clone()
        };
        settings.accounts = (1..).zip(sections).map(account).collect();
        ServerConfig::check(settings).map(|config| format!("{config:?}"))
    };
    assert!(!check(vec![good()]).unwrap().contains("canary"));
    type Change = fn(&mut BokaMeraSettings);
    let wrong: [(&str, Change); 9] = [
        ("company", |s| s.company = "7".to_owned()),
        ("company", |s| {
            s.company = "00000000-0000-0000-0000-000000000000".to_owned()
        }),
        ("api_key", |s| s.api_key = None),
        ("api_key", |s| {
            s.api_key = Some(Secret::new("canary".to_owned()))
        }),
        ("confirmation_url", |s| {
            s.confirmation_url = Some("/done".to_owned())
        }),
        ("articles", |s| s.articles.clear()),
        ("articles[1].id", |s| s.articles.push(s.articles[0].clone())),
        ("articles[0].price", |s| s.articles[0].price = 0),
        ("articles[0].price", |s| s.articles[0].price = 100_000_000),
    ];
    for (field, change) in wrong {
        let mut section = good();
        change(&mut section);
        let said = check(vec![section]).unwrap_err().to_string();
        let setting = format!("accounts[0].bokamera.{field}: ");
        assert!(
            said.starts_with(&setting) && !said.contains("canary"),
            "{said}"
        );
    }
    let said = check(vec![good(), good()]).unwrap_err().to_string();
    assert!(said.starts_with("accounts[1].bokamera: "), "{said}");
}
