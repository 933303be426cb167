//! Errors of the gateway: a definite refusal, a key without permissions, an unreachable gateway. Each has its own status,
//! code and sentence, and only the last one asks people to try again.

use serde_json::json;

use crate::support::World;
use crate::support::cloud::Holder;
use crate::support::merchant::{Merchant, code, world};
use crate::support::salon::Salon;
use crate::support::seller::Seller;

const REFUSED: &str = "The card service refused this, and trying again won’t change that. Please contact the business.";
const FORBIDDEN: &str = "This business can’t use its card service at the moment. Trying again won’t help. Please contact the business.";

fn fault(status: u16) -> serde_json::Value {
    json!({"on": "api", "do": "status", "status": status, "by": "secret", "path": "/v1/setup_intents"})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definite_refusal_is_not_reported_as_unreachable() {
    let world = World::open().await;
    for (status, expected) in [
        (400, (424, json!("gateway_refused"), REFUSED)),
        (404, (424, json!("gateway_refused"), REFUSED)),
        (401, (424, json!("gateway_forbidden"), FORBIDDEN)),
        (403, (424, json!("gateway_forbidden"), FORBIDDEN)),
    ] {
        // A new user each time, because an open intent is reused.
        let ann = world.person(&format!("ann{status}")).await;
        world.gateway_fault(fault(status)).await;
        let answer = ann.asks_to_begin().await;
        let said = (
            answer.status,
            answer.body["code"].clone(),
            answer.sentence(),
        );
        assert_eq!(said, expected, "{status}");
        world.gateway_recovers().await;
        assert_eq!(
            ann.asks_to_begin().await.status,
            200,
            "the failure left nothing behind"
        );
    }
    world
        .gateway_fault(json!({"on": "api", "do": "drop", "by": "secret"}))
        .await;
    let away = world.person("ben").await.asks_to_begin().await;
    assert_eq!(
        (away.status, &away.body["code"]),
        (503, &json!("gateway_unreachable"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_vendor_has_its_own_format_for_it() {
    let world = world().await;
    for name in ["cloud", "till", "salon"] {
        let fault = json!({"on": "api", "do": "status", "status": 403, "by": "secret"});
        world.gateway_fault_of(name, fault).await;
    }
    let cloud = Holder::new(&world, "ann").asks_to_begin().await;
    assert_eq!(
        (cloud.status, cloud.body),
        (
            424,
            json!({"message": FORBIDDEN, "code": "gateway_forbidden"})
        )
    );
    let merchant = Merchant::new(&world);
    let sale = merchant
        .posts("/payment/intent", &merchant.sale("ann"))
        .await;
    assert_eq!(code(&sale), (424, "gateway_forbidden"));
    assert_eq!(sale.body["error"]["message"], FORBIDDEN);
    let salon = Salon::new(&world);
    let checkout = salon.posts("/checkout", &salon.order("booking 1")).await;
    assert_eq!(checkout.status, 424);
    let status = &checkout.body["ResponseStatus"];
    assert_eq!(
        (&status["ErrorCode"], &status["Message"]),
        (&json!("GatewayForbidden"), &json!(FORBIDDEN))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_rejects_the_key_is_a_definite_refusal() {
    let mut world = World::open().await;
    for account in &mut world.settings.accounts {
        if let Some(braintree) = &mut account.braintree
            && account.system.as_deref() == Some("ticket_evolution")
        {
            braintree.private_key = Some(wallet_server::secret::Secret::new(
                "private_of_nobody".to_owned(),
            ));
        }
    }
    world.stop().await;
    world.start().await;
    let ned = Seller::with_client(&world, "tickets").await;
    let token = ned
        .post(&ned.path("/braintree_client_token"), &json!({}))
        .await;
    assert_eq!(
        (token.status, token.body),
        (
            424,
            json!({"error": FORBIDDEN, "code": "gateway_forbidden"})
        )
    );
}
