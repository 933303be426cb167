//! Tests of amounts by currency, in the API and on the checkout page.

use crate::support::{ApiResponse, Bench};

async fn intent(bench: &Bench, amount: &str, currency: &str) -> ApiResponse {
    let form = [("amount", amount), ("currency", currency)];
    bench.post("/v1/payment_intents", &form).await
}

async fn session(bench: &Bench, amount: &str, quantity: &str, currency: &str) -> ApiResponse {
    let form = [
        ("mode", "payment"),
        ("success_url", "https://shop.example/done"),
        ("line_items[0][quantity]", quantity),
        ("line_items[0][price_data][currency]", currency),
        ("line_items[0][price_data][unit_amount]", amount),
        ("line_items[0][price_data][product_data][name]", "Book"),
    ];
    bench.post("/v1/checkout/sessions", &form).await
}

#[tokio::test]
async fn amounts_follow_the_rules_of_their_currency() {
    let bench = Bench::start().await;
    for (amount, currency, code, param, words) in [
        (
            "5001",
            "ugx",
            "parameter_invalid_integer",
            "amount",
            "amounts in ugx must be a multiple of 100",
        ),
        (
            "500050",
            "isk",
            "parameter_invalid_integer",
            "amount",
            "amounts in isk must be a multiple of 100",
        ),
        (
            "5124",
            "kwd",
            "parameter_invalid_integer",
            "amount",
            "amounts in kwd must be a multiple of 10",
        ),
        (
            "1",
            "bhd",
            "parameter_invalid_integer",
            "amount",
            "amounts in bhd must be a multiple of 10",
        ),
        (
            "1",
            "xyz",
            "",
            "currency",
            "Invalid currency: xyz. Stripe currently supports these currencies: usd, aed, ",
        ),
        (
            "49",
            "usd",
            "amount_too_small",
            "amount",
            "Amount must be at least $0.50 usd",
        ),
        (
            "29",
            "gbp",
            "amount_too_small",
            "amount",
            "Amount must be at least £0.30 gbp",
        ),
        (
            "17400",
            "huf",
            "amount_too_small",
            "amount",
            "Amount must be at least 175.00 huf",
        ),
        (
            "49",
            "jpy",
            "amount_too_small",
            "amount",
            "Amount must be at least ¥50 jpy",
        ),
        (
            "100000000",
            "usd",
            "amount_too_large",
            "amount",
            "Amount must be no more than $999,999.99",
        ),
    ] {
        let refused = intent(&bench, amount, currency).await;
        assert_eq!(refused.status, 400, "{amount} {currency}");
        assert_eq!(refused.at("/error/type"), "invalid_request_error");
        assert_eq!(
            (refused.at("/error/code"), refused.at("/error/param")),
            (code, param),
            "{amount} {currency}"
        );
        assert!(
            refused.at("/error/message").contains(words),
            "{:?}",
            refused.body
        );
    }
    for (amount, currency) in [
        ("500000", "ugx"),
        ("500000", "ISK"),
        ("5120", "kwd"),
        ("10", "bhd"),
        ("9999999999", "jpy"),
        ("150000000", "idr"),
    ] {
        assert_eq!(
            intent(&bench, amount, currency).await.status,
            200,
            "{amount} {currency}"
        );
    }
}

#[tokio::test]
async fn captures_refunds_and_updates_follow_the_currency_rules_too() {
    let bench = Bench::start().await;
    let form = [
        ("amount", "500000"),
        ("currency", "ugx"),
        ("payment_method", "pm_card_visa"),
        ("capture_method", "manual"),
        ("confirm", "true"),
    ];
    let held = bench.post("/v1/payment_intents", &form).await;
    let capture = format!("/v1/payment_intents/{}/capture", held.id());
    let odd = bench
        .post(&capture, &[("amount_to_capture", "250001")])
        .await;
    assert_eq!(
        (odd.status.as_u16(), odd.at("/error/param")),
        (400, "amount_to_capture")
    );
    assert_eq!(
        bench
            .post(&capture, &[("amount_to_capture", "250000")])
            .await
            .status,
        200
    );
    let odd = [("payment_intent", held.id()), ("amount", "50")];
    assert_eq!(
        bench.post("/v1/refunds", &odd).await.at("/error/param"),
        "amount"
    );
    let open = intent(&bench, "501", "usd").await;
    let path = format!("/v1/payment_intents/{}", open.id());
    let changed = bench.post(&path, &[("currency", "isk")]).await;
    assert_eq!(
        (changed.status.as_u16(), changed.at("/error/param")),
        (400, "amount")
    );
    assert_eq!(bench.get(&path, &[]).await.at("/currency"), "usd");
}

#[tokio::test]
async fn a_session_needs_a_minimum_total_and_a_known_currency() {
    let bench = Bench::start().await;
    let small = session(&bench, "10", "1", "usd").await;
    assert_eq!(small.error_codes(), (400, "amount_too_small", ""));
    assert_eq!(
        small.at("/error/message"),
        "The Checkout Session's total amount due must add up to at least $0.50 usd"
    );
    assert_eq!(session(&bench, "10", "5", "usd").await.status, 200);
    let odd = session(&bench, "5050", "2", "ugx").await;
    assert_eq!(
        odd.at("/error/param"),
        "line_items[0][price_data][unit_amount]"
    );
    let unknown = session(&bench, "500", "1", "xyz").await;
    assert_eq!(
        unknown.at("/error/param"),
        "line_items[0][price_data][currency]"
    );
    assert!(
        unknown
            .at("/error/message")
            .starts_with("Invalid currency: xyz.")
    );
    let form = [
        ("mode", "setup"),
        ("success_url", "https://shop.example/done"),
        ("currency", "xyz"),
    ];
    assert_eq!(
        bench
            .post("/v1/checkout/sessions", &form)
            .await
            .at("/error/param"),
        "currency"
    );
}

#[tokio::test]
async fn the_checkout_page_gets_the_number_of_decimals() {
    let bench = Bench::start().await;
    for (amount, currency, decimals) in [
        ("123450", "huf", 2),
        ("500000", "isk", 2),
        ("123450", "idr", 2),
        ("123450", "cop", 2),
        ("500000", "ugx", 2),
        ("5000", "jpy", 0),
        ("5120", "kwd", 3),
        ("1299", "usd", 2),
    ] {
        let made = session(&bench, amount, "1", currency).await;
        let url = format!("{}/sessions/{}/open", bench.origins().checkout, made.id());
        let opened = crate::support::read(bench.http.post(url).send().await.unwrap()).await;
        assert_eq!(
            opened.body["view"]["decimals"], decimals,
            "{currency}: {:?}",
            opened.body
        );
        assert_eq!(
            opened.body["view"]["amount"].to_string(),
            amount,
            "{currency}"
        );
    }
}
