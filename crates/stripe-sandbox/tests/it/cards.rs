//! Tests of each test card at setup, attachment and charge.

use crate::support::Bench;

const PASSING: &[(&str, &str, &str, &str)] = &[
    ("4242424242424242", "visa", "credit", "US"),
    ("4000056655665556", "visa", "debit", "US"),
    ("5555555555554444", "mastercard", "credit", "US"),
    ("2223003122003222", "mastercard", "credit", "US"),
    ("5200828282828210", "mastercard", "debit", "US"),
    ("5105105105105100", "mastercard", "prepaid", "US"),
    ("378282246310005", "amex", "credit", "US"),
    ("6011111111111117", "discover", "credit", "US"),
    ("3056930009020004", "diners", "credit", "US"),
    ("36227206271667", "diners", "credit", "US"),
    ("3566002020360505", "jcb", "credit", "JP"),
    ("6200000000000005", "unionpay", "credit", "CN"),
    ("6205500000000000004", "unionpay", "credit", "CN"),
    ("4000002500001001", "visa", "credit", "FR"),
    ("4000000760000002", "visa", "credit", "BR"),
    ("4000001240000000", "visa", "credit", "CA"),
    ("4000002500000003", "visa", "credit", "FR"),
    ("4000002760000016", "visa", "credit", "DE"),
    ("4000008260000000", "visa", "credit", "GB"),
    ("4000000360000006", "visa", "credit", "AU"),
    ("4000003560000008", "visa", "credit", "IN"),
    ("4000003920000003", "visa", "credit", "JP"),
    ("4000000000000341", "visa", "credit", "US"),
    ("4000003800000446", "visa", "credit", "US"),
    ("4000000000003055", "visa", "credit", "US"),
    ("4000000000003097", "visa", "credit", "US"),
];

#[tokio::test]
async fn passing_cards_are_set_up_and_attached_to_the_customer() {
    let bench = Bench::start().await;
    for (number, brand, funding, country) in PASSING {
        let customer = bench.customer().await;
        let (confirmed, _) = bench.set_up(&customer, number).await;
        assert_eq!(confirmed.at("/status"), "succeeded", "{number}");
        let list = bench
            .get("/v1/payment_methods", &[("customer", &customer)])
            .await;
        let card = &list.body["data"][0]["card"];
        assert_eq!(
            (
                card["brand"].as_str(),
                card["funding"].as_str(),
                card["country"].as_str()
            ),
            (Some(*brand), Some(*funding), Some(*country)),
            "{number}"
        );
        assert_eq!(card["last4"].as_str(), number.get(number.len() - 4..));
        assert_eq!(
            (card["exp_month"].as_u64(), card["exp_year"].as_u64()),
            (Some(12), Some(2034))
        );
    }
}

const REFUSED: &[(&str, &str, &str)] = &[
    ("4000000000000002", "card_declined", "generic_decline"),
    ("4000000000009995", "card_declined", "insufficient_funds"),
    ("4000000000009987", "card_declined", "lost_card"),
    ("4000000000009979", "card_declined", "stolen_card"),
    (
        "4000000000006975",
        "card_declined",
        "card_velocity_exceeded",
    ),
    ("4000000000000069", "expired_card", "expired_card"),
    ("4000000000000127", "incorrect_cvc", "incorrect_cvc"),
    ("4000000000000119", "processing_error", "processing_error"),
];

#[tokio::test]
async fn declined_cards_fail_at_setup_and_attachment_and_leave_the_intent_open() {
    let bench = Bench::start().await;
    let customer = bench.customer().await;
    for (number, code, decline) in REFUSED {
        let (confirmed, after) = bench.set_up(&customer, number).await;
        assert_eq!(confirmed.error_codes(), (402, *code, *decline), "{number}");
        assert_eq!(confirmed.at("/error/type"), "card_error");
        assert_eq!(
            confirmed.at("/error/setup_intent/status"),
            "requires_payment_method"
        );
        assert!(confirmed.at("/error/payment_method/id").starts_with("pm_"));
        assert_eq!(after.at("/status"), "requires_payment_method");
        assert_eq!(after.at("/last_setup_error/code"), *code);
        assert!(after.body["payment_method"].is_null());

        let card = bench.card(number).await;
        let attached = bench
            .post(
                &format!("/v1/payment_methods/{}/attach", card.id()),
                &[("customer", &customer)],
            )
            .await;
        assert_eq!(attached.error_codes(), (402, *code, *decline), "{number}");
    }
    let list = bench
        .get("/v1/payment_methods", &[("customer", &customer)])
        .await;
    assert_eq!(list.body["data"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn lost_stolen_and_generic_declines_have_the_same_message() {
    let bench = Bench::start().await;
    let customer = bench.customer().await;
    let mut words = Vec::new();
    for number in ["4000000000000002", "4000000000009987", "4000000000009979"] {
        words.push(
            bench
                .set_up(&customer, number)
                .await
                .0
                .at("/error/message")
                .to_owned(),
        );
    }
    assert_eq!(words, ["Your card was declined."; 3]);
}

#[tokio::test]
async fn a_failed_lookup_is_a_decline_without_a_challenge() {
    let bench = Bench::start().await;
    let customer = bench.customer().await;
    let (confirmed, _) = bench.set_up(&customer, "4000008400001280").await;
    assert_eq!(
        confirmed.error_codes(),
        (402, "card_declined", "generic_decline")
    );
}

#[tokio::test]
async fn no_other_number_is_accepted() {
    let bench = Bench::start().await;
    for (number, refusal) in [
        (
            "4111111111111111",
            (402, "card_declined", "test_mode_live_card"),
        ),
        (
            "5425233430109903",
            (402, "card_declined", "test_mode_live_card"),
        ),
        ("4242424242424241", (402, "incorrect_number", "")),
        ("424242", (402, "incorrect_number", "")),
        ("not a number", (402, "incorrect_number", "")),
    ] {
        assert_eq!(bench.card(number).await.error_codes(), refusal, "{number}");
    }
}

#[tokio::test]
async fn card_details_are_validated() {
    let bench = Bench::start().await;
    for (month, year, cvc, code) in [
        ("13", "2034", "123", "invalid_expiry_month"),
        ("0", "2034", "123", "invalid_expiry_month"),
        ("12", "2020", "123", "invalid_expiry_year"),
        ("12", "9999", "123", "invalid_expiry_year"),
        ("12", "2034", "12", "invalid_cvc"),
        ("12", "2034", "12a", "invalid_cvc"),
    ] {
        let form = [
            ("type", "card"),
            ("card[number]", "4242424242424242"),
            ("card[exp_month]", month),
            ("card[exp_year]", year),
            ("card[cvc]", cvc),
        ];
        let made = bench
            .call(
                "pk_test_shop",
                reqwest::Method::POST,
                "/v1/payment_methods",
                &form,
            )
            .await;
        assert_eq!(made.error_codes(), (402, code, ""), "{month}/{year} {cvc}");
    }
}

#[tokio::test]
async fn equal_numbers_have_equal_fingerprints_in_one_account_only() {
    let bench = Bench::start().await;
    let mut prints = Vec::new();
    for key in ["sk_test_shop", "sk_test_shop", "sk_test_other"] {
        let form = [("type", "card"), ("card[token]", "tok_visa")];
        prints.push(
            bench
                .call(key, reqwest::Method::POST, "/v1/payment_methods", &form)
                .await
                .at("/card/fingerprint")
                .to_owned(),
        );
    }
    assert_eq!(prints[0], prints[1]);
    assert_ne!(prints[0], prints[2]);
    assert_eq!(prints[0].len(), 16);
}
