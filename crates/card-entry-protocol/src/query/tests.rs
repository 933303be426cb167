//! Parses every row of `hostile/query.json`, and checks properties of any query.

use super::*;
use proptest::prelude::*;

#[test]
fn parses_every_hostile_row_to_its_outcome() {
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../hostile/query.json")).unwrap();
    assert!(rows.len() > 60);
    for row in rows {
        let query = row["query"].as_str().unwrap();
        let outcome = match FrameQuery::parse(query) {
            Ok(_) => "ACCEPT".to_owned(),
            Err(code) => format!("SHOW({})", code.as_str()),
        };
        assert_eq!(row["outcome"], outcome, "{}: {query}", row["name"]);
    }
}

#[test]
fn parses_the_how_to_s_own_url() {
    let query = FrameQuery::parse(
        "?stripe_publishable_key=pk_test_demo&amount=0.5&currency=USD&creditCardsOnly=true&isForFutureUsage=true&notifyOnFormHeight=true",
    )
    .unwrap();
    assert_eq!(query.fields, FormFields::CardOnly);
    assert!(query.for_future_usage && query.notify_height);
    assert_eq!(
        (query.locale, query.account, query.parent),
        (None, None, None)
    );
}

#[test]
fn the_colour_scheme_is_light_unless_the_url_sets_another() {
    for (value, theme) in [
        ("", Theme::Light),
        ("&color_scheme=light", Theme::Light),
        ("&color_scheme=dark", Theme::Dark),
        ("&color_scheme=auto", Theme::Auto),
        ("&color_scheme=Dark", Theme::Light),
        ("&color_scheme=sepia", Theme::Light),
        ("&color_scheme=", Theme::Light),
    ] {
        let query = format!("stripe_publishable_key=pk_test_demo&creditCardsOnly=1{value}");
        let read = FrameQuery::parse(&query).unwrap();
        assert_eq!(read.color_scheme, theme, "{value}");
    }
}

#[test]
fn allows_only_the_named_parent_of_the_list() {
    let list = Origin::parse_list("https://a.example https://b.example nonsense");
    let named = |parent: &str| {
        FrameQuery::parse(&format!(
            "stripe_publishable_key=pk_test_demo&creditCardsOnly=1&parent_origin={parent}"
        ))
        .unwrap()
    };
    assert_eq!(
        named("https://b.example").allowed_parents(&list).unwrap(),
        Origin::parse_list("https://b.example")
    );
    assert_eq!(
        named("https://c.example").allowed_parents(&list),
        Err(FrameErrorCode::ParentNotAllowed)
    );
    let open = FrameQuery::parse("stripe_publishable_key=pk_test_demo&creditCardsOnly=1").unwrap();
    assert_eq!(open.allowed_parents(&list).unwrap().len(), 2);
    assert_eq!(
        open.allowed_parents(&[]),
        Err(FrameErrorCode::ParentNotAllowed)
    );
}

#[test]
fn refuses_two_different_tokenization_keys() {
    let key = "braintree_tokenization_key=sandbox_a_b1";
    let once = format!("{key}&{key}&creditCardsOnly=1");
    assert!(FrameQuery::parse(&once).is_ok());
    let twice = format!("{key}&braintree_tokenization_key=sandbox_a_b2&creditCardsOnly=1");
    assert_eq!(
        FrameQuery::parse(&twice),
        Err(FrameErrorCode::DuplicateParam)
    );
}

#[test]
fn reads_the_key_of_an_invalid_query() {
    let key = |raw: &str| FrameQuery::parse_key(raw).map(|key| key.as_str().to_owned());
    let good = "?stripe_publishable_key=pk_test_demo&creditCardsOnly=maybe&client_secret=x";
    assert_eq!(key(good).as_deref(), Some("pk_test_demo"));
    let long = format!(
        "stripe_publishable_key=pk_test_demo&x={}",
        "a".repeat(MAX_QUERY_BYTES)
    );
    for none in [
        "",
        "a=%zz&stripe_publishable_key=pk_test_demo",
        "stripe_publishable_key=sk_test_demo",
        &long,
    ] {
        assert_eq!(key(none), None, "{none}");
    }
}

#[test]
fn refuses_a_megabyte_and_ten_thousand_names_quickly() {
    assert_eq!(
        FrameQuery::parse(&"a".repeat(1 << 20)),
        Err(FrameErrorCode::UrlTooLong)
    );
    assert_eq!(
        FrameQuery::parse(&"a=1&".repeat(10_000)),
        Err(FrameErrorCode::UrlTooLong)
    );
}

proptest! {
    #[test]
    fn parsing_never_panics(raw in ".{0,200}") {
        let _ = FrameQuery::parse(&raw);
    }

    #[test]
    fn finds_a_secret_key_at_any_place(before in "[a-z=&+%]{0,20}", after in "[a-z=&]{0,20}") {
        let raw = format!("{before}&x=sk_test_123{after}");
        prop_assert_eq!(FrameQuery::parse(&raw), Err(FrameErrorCode::SecretKeyInUrl));
    }

    #[test]
    fn ignores_unknown_parameters(name in "[a-z]{1,8}x", value in "[a-z0-9]{0,12}") {
        let plain = "stripe_publishable_key=pk_test_demo&creditCardsOnly=1";
        prop_assert_eq!(FrameQuery::parse(&format!("{plain}&{name}={value}")), FrameQuery::parse(plain));
    }
}
