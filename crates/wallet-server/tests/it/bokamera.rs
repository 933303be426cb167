//! BokaMera's checkouts: a company's server creates them, a person pays, and the server reads their status.

mod one_at_a_time;
mod refusals;

use serde_json::{Value, json};

use crate::support::World;
use crate::support::bank::VISA;
use crate::support::salon::{SALON_COMPANY, Salon};

/// A card that the bank declines.
const DECLINED: &str = "4000000000000002";

fn members(body: &Value) -> Vec<&str> {
    let body = body.as_object().expect("an object");
    body.keys().map(String::as_str).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hosted_checkout_has_a_url_and_a_status() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let mut order = salon.order("booking 1");
    order["CancelUrl"] = "https://book.salon.example/".into();
    let checkout = salon.opens(&order).await;
    assert_eq!(
        members(&checkout),
        ["PublishableKey", "SessionId", "Status", "Url"]
    );
    assert_eq!(
        (&checkout["Status"], &checkout["PublishableKey"]),
        (&"open".into(), &"pk_test_salon".into())
    );
    let made = salon.session(&checkout).await;
    assert_eq!(
        (&made["ui_mode"], &made["mode"]),
        (&"hosted_page".into(), &"payment".into())
    );
    assert_eq!(
        (&made["amount_total"], &made["currency"]),
        (&90_000.into(), &"sek".into())
    );
    assert_eq!(
        made["success_url"],
        "https://book.salon.example/done?session={CHECKOUT_SESSION_ID}"
    );
    assert_eq!(made["cancel_url"], "https://book.salon.example/");
    assert_eq!(made["line_items"]["data"][0]["description"], "Haircut");
    assert_eq!(
        made["metadata"],
        json!({
            "bokamera_company_id": SALON_COMPANY, "bokamera_internal_reference_id": "booking 1",
            "bokamera_country_code": "SE"
        })
    );
    let asked = salon.asks(&checkout["SessionId"]).await;
    assert_eq!((asked.status, asked.body), (200, json!({"Status": "open"})));

    assert_eq!(salon.pays(&checkout, DECLINED).await, "refused");
    assert_eq!(
        salon.status(&checkout).await,
        "open",
        "a decline does not expire the session"
    );
    assert_eq!(salon.pays(&checkout, VISA).await, "complete");
    let asked = salon.asks(&checkout["SessionId"]).await;
    assert_eq!(
        asked.body,
        json!({"CustomerEmail": "ann@example.se", "Status": "complete"})
    );
    let dump = String::from_utf8_lossy(&world.database_dump().await).into_owned();
    for kept_nowhere in [checkout["Url"].as_str().unwrap(), "ann@example.se", VISA] {
        assert!(!dump.contains(kept_nowhere), "{kept_nowhere}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_embedded_checkout_has_a_client_secret() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let checkout = salon.opens(&salon.embedded("booking 1")).await;
    assert_eq!(
        members(&checkout),
        ["ClientSecret", "PublishableKey", "SessionId", "Status"]
    );
    let made = salon.session(&checkout).await;
    assert_eq!(made["ui_mode"], "embedded_page");
    assert_eq!(
        made["return_url"],
        "https://book.salon.example/done?session={CHECKOUT_SESSION_ID}"
    );
    let secret = checkout["ClientSecret"].as_str().unwrap();
    let dump = String::from_utf8_lossy(&world.database_dump().await).into_owned();
    assert!(!dump.contains(secret), "the secret is not stored");
    assert_eq!(salon.pays(&checkout, VISA).await, "complete");
    assert_eq!(salon.status(&checkout).await, "complete");

    let mut stays = salon.embedded("booking 2");
    stays.as_object_mut().unwrap().remove("ConfirmationUrl");
    let checkout = salon.opens(&stays).await;
    let made = salon.session(&checkout).await;
    assert_eq!(
        (&made["redirect_on_completion"], &made["return_url"]),
        (&"never".into(), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn json_can_be_requested_in_each_of_service_stacks_ways() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    for path in [
        "/checkout.json",
        "/checkout?format=json",
        "/checkout.json?format=JSON&other=1",
    ] {
        let answer = salon.posts(path, &salon.order("booking 1")).await;
        assert_eq!(answer.status, 200, "{path} {answer:?}");
        let body = json!({"CompanyId": SALON_COMPANY.to_uppercase(), "SessionId": answer.body["SessionId"]});
        for path in ["/checkout/status.json", "/checkout/status?format=json"] {
            let asked = salon.posts(path, &body).await;
            assert_eq!(
                (asked.status, &asked.body["Status"]),
                (200, &"open".into()),
                "{path}"
            );
        }
    }
}
