//! What an operator sees of card testing: the log and the metrics of a stage, and the warning of accounts without webhooks.

use super::metrics::{program, scrape};
use crate::support::World;
use crate::support::visitor::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_is_logged_and_counted_once() {
    let mut world = World::open().await;
    let (program, metrics) = program(&mut world, &["--trusted-proxies", "127.0.0.1"]).await;
    let log = program.log();
    let blind = log
        .lines()
        .find(|line| line.contains("no webhook_secrets") && line.contains("account=40426"));
    assert!(blind.is_some_and(|line| line.contains("WARN")), "{log}");
    assert!(
        !log.contains("account=60"),
        "Braintree’s have no intents: {log}"
    );
    let bank = world.bank();
    for number in 1..=20 {
        let guest = Visitor::at(&world, &format!("203.0.113.{number}")).await;
        let method = bank.types_card("4000000000000002").await;
        assert_eq!(guest.saves(&method).await.status, 422, "{number}");
    }
    for number in 21..=22 {
        let guest = Visitor::at(&world, &format!("203.0.113.{number}")).await;
        assert_eq!(guest.asks_to_begin().await.status, 429);
    }
    let (read, text) = scrape(&world, metrics).await;
    let entered = |stage| {
        read.sum(
            "card_entry_breaker_stage_changes_total",
            &[("stage", stage)],
        )
    };
    let counts = ["normal", "challenge", "new_refused", "all_refused"].map(entered);
    assert_eq!(counts, [0.0, 0.0, 1.0, 0.0], "{text}");
    assert!(
        read.has("card_entry_breaker_stage_changes_total{stage=\"all_refused\"}"),
        "0 is shown"
    );
    let refused = [("limit", "account_cooldown")];
    assert_eq!(read.sum("card_entry_rate_limits_hit_total", &refused), 2.0);
    let log = program.log();
    let lines: Vec<_> = log
        .lines()
        .filter(|line| line.contains("most cards were declined"))
        .collect();
    assert_eq!(lines.len(), 1, "{log}");
    for part in ["WARN", "account=40426", "new_refused", "networks=20"] {
        assert!(lines[0].contains(part), "{part}: {}", lines[0]);
    }
}
