//! Changes of a card, lists, error responses, clients, addresses and telephone numbers.

use proptest::prelude::*;
use serde_json::json;

use super::ONE;
use crate::card::Last4;
use crate::dialect::ticket_evolution::*;
use crate::tree::tests::{json_of, tree};
use crate::tree::{FromTree, ToTree, Tree};

#[test]
fn reads_a_change_with_absent_null_and_invalid_members() {
    let read = |json: serde_json::Value| serde_json::from_value::<UpdateCard>(json).unwrap();
    let none = read(json!({"later": 1})).check().unwrap();
    assert_eq!((none.label, none.primary), (None, None));
    let gone = read(json!({"label": null, "primary": true}));
    assert_eq!(
        json_of(&gone.to_tree()),
        json!({"label": null, "primary": true})
    );
    let gone = gone.check().unwrap();
    assert_eq!((gone.label, gone.primary), (Some(None), Some(true)));
    let json = json!({"label": "Travel", "name": "N", "expiration_month": "04", "expiration_year": "2027", "address_id": 7});
    let all = read(json.clone());
    assert_eq!(json_of(&all.to_tree()), json);
    assert_eq!(serde_json::to_value(&all).unwrap(), json);
    let all = all.check().unwrap();
    assert_eq!(
        (all.exp_month.map(u16::from), all.exp_year.map(u16::from)),
        (Some(4), Some(2027))
    );
    let bad = read(json!({"label": "x".repeat(21), "name": " ", "expiration_month": "0"}));
    let bad = bad.check().unwrap_err();
    assert!(bad.0.keys().eq(["expiration_month", "label", "name"]));
}

#[test]
fn an_invalid_model_has_its_members_and_its_errors() {
    // The response of the vendor's server to its Ruby client, with the members that our server stores.
    let json = json!({"updated_at": "2012-02-22T16:52:03Z", "errors": {"name": ["can't be blank"]}, "addresses": [], "email_addresses": [], "phone_numbers": [], "name": null, "url": "/clients/2397", "id": "2397"});
    assert_eq!(
        error_sentence(&tree(&json)).as_deref(),
        Some("Name can't be blank.")
    );
    let card = serde_json::from_str::<CardBatch>(ONE.1)
        .unwrap()
        .credit_cards
        .remove(0);
    let mut errors = crate::dialect::fields::FieldErrors::default();
    errors.add("address_id", "is not an address of this client");
    let refused = serde_json::to_value(InvalidModel {
        model: card,
        errors,
    })
    .unwrap();
    assert_eq!(refused["last_digits"], "1111");
    assert_eq!(
        error_sentence(&tree(&refused)).as_deref(),
        Some("Address id is not an address of this client.")
    );
    assert_eq!(
        error_sentence(&tree(&json!({"error": "No."}))).as_deref(),
        Some("No.")
    );
    for without_error in [
        json!({}),
        json!({"errors": {}}),
        json!({"errors": []}),
        json!({"credit_cards": [1]}),
    ] {
        assert_eq!(error_sentence(&tree(&without_error)), None);
    }
}

#[test]
fn a_list_has_its_totals_and_only_the_valid_items() {
    let batch: CardBatch = serde_json::from_str(super::TWO.1).unwrap();
    let window = PageQuery {
        page: Some(2),
        per_page: Some(2),
    }
    .window();
    assert_eq!(window.offset(), 2);
    let mut json = serde_json::to_value(CardList::new(batch.credit_cards, 4, window)).unwrap();
    assert_eq!(
        (
            &json["total_entries"],
            &json["current_page"],
            &json["per_page"]
        ),
        (&json!(4), &json!(2), &json!(2))
    );
    let bare = json!({"id": "7", "expiration_month": "4", "last_digits": "4242", "card_company": "girocard", "expiration_year": "2027"});
    json["credit_cards"]
        .as_array_mut()
        .unwrap()
        .extend([json!(null), json!({"id": 0}), bare]);
    let list: CardList = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(list.credit_cards.len(), 3);
    let rows = CardRow::all(&tree(&json)).unwrap();
    assert_eq!(
        rows,
        list.credit_cards
            .into_iter()
            .map(CardRow::from)
            .collect::<Vec<_>>()
    );
    assert_eq!(rows[2].last4, Last4::parse("4242").unwrap());
    for (page, per_page) in [(0, 0), (u32::MAX, u32::MAX)] {
        let window = PageQuery {
            page: Some(page),
            per_page: Some(per_page),
        }
        .window();
        assert!(window.page >= 1 && (1..=100).contains(&window.per_page));
        let _ = window.offset();
    }
}

#[test]
fn creates_clients_addresses_and_telephone_numbers_in_arrays() {
    // The vendor's page on signatures signs this body.
    let body = r#"{"clients":[{"name":"Michael Starr"}]}"#;
    let clients: NewClients = serde_json::from_str(body).unwrap();
    assert_eq!(serde_json::to_string(&clients).unwrap(), body);
    assert!(clients.clients[0].errors().is_empty());
    assert!(!NewClient::default().errors().is_empty());
    let answer: ClientBatch = serde_json::from_value(json!({"clients": [{"addresses": [], "company": null, "email_addresses": [{"a": 1}], "id": "171225", "name": "Ned Flanders", "phone_numbers": [], "url": "/v9/clients/171225", "balance": "0.0"}]})).unwrap();
    assert_eq!(answer.clients[0].id, TextId(Id::new(171_225).unwrap()));

    let card = serde_json::from_str::<CardBatch>(ONE.1)
        .unwrap()
        .credit_cards
        .remove(0);
    let address = serde_json::to_value(card.address.clone().unwrap()).unwrap();
    assert_eq!(Address::from_tree(&tree(&address)), card.address);
    let address: NewAddress = serde_json::from_value(address).unwrap();
    assert!(address.errors().is_empty());
    assert_eq!(
        json_of(&address.to_tree()),
        serde_json::to_value(&address).unwrap()
    );
    let errors = NewAddress {
        country_code: "us".to_owned(),
        ..NewAddress::default()
    }
    .errors();
    assert!(
        errors
            .0
            .keys()
            .eq(["country_code", "locality", "postal_code", "street_address"])
    );

    let phone = json!({"label": "home", "country_code": "1", "number": "555-0573"});
    let phone: NewPhone = serde_json::from_value(phone.clone()).unwrap();
    assert!(phone.errors().is_empty());
    assert_eq!(
        json_of(&phone.to_tree()),
        serde_json::to_value(&phone).unwrap()
    );
    for number in ["", "12", "call me", "4111111111111111"] {
        let phone = NewPhone {
            number: number.to_owned(),
            ..phone.clone()
        };
        assert!(phone.errors().0.keys().eq(["number"]), "{number}");
    }
    let token = ClientToken::from_tree(&tree(&json!({"client_token": "eyJ2"}))).unwrap();
    assert_eq!(format!("{token:?}"), "ClientToken(***)");
}

proptest! {
    #[test]
    fn reads_ids_exactly_and_never_panics(number in 1u64..(1 << 53), text in ".{0,24}") {
        let id = Id::new(number).unwrap();
        prop_assert_eq!(Id::from_tree(&id.to_tree()), Some(id));
        prop_assert_eq!(Id::parse(&number.to_string()), Some(id));
        let _ = (Id::parse(&text), Month::parse(&text), ShortYear::parse(&text), CardCompany::parse(&text), Nonce::parse(&text));
    }
}

#[test]
fn refuses_ids_beyond_a_browser_s_exact_numbers() {
    for number in [0, 1 << 53, u64::MAX] {
        assert_eq!(Id::new(number), None);
    }
    for number in [
        -1.0,
        0.0,
        0.5,
        9_007_199_254_740_992.0,
        1e300,
        f64::NAN,
        f64::INFINITY,
    ] {
        assert_eq!(Id::from_tree(&Tree::Number(number)), None, "{number}");
    }
    for number in [1, 9_000_000_000_000_000, (1 << 53) - 1] {
        let id = Id::new(number).unwrap();
        assert_eq!(Id::from_tree(&id.to_tree()), Some(id));
    }
    for json in [
        json!(0),
        json!(-1),
        json!(1.5),
        json!("1.5"),
        json!(""),
        json!("+1"),
        json!(null),
        json!(1e300),
    ] {
        assert!(
            serde_json::from_value::<Id>(json.clone()).is_err(),
            "{json}"
        );
        assert_eq!(Id::from_tree(&tree(&json)), None, "{json}");
    }
}
