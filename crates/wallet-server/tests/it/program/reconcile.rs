//! `wallet-server doctor --reconcile` after a restore from a backup: what the backup does not know is found, the numbers of
//! lost people are not used again, and cards of no wallet are detached.

use wallet_server::doctor::{CheckResult, CheckStatus, Reconcile, examine};

use crate::support::bank::{Bank, MASTERCARD, VISA};
use crate::support::cloud::{CLOUD, Holder};
use crate::support::{World, eventually};

/// Removes what was stored after a backup, and lets the numbers of owners begin where they were.
async fn restore(world: &World, kept_cards: i64, kept_owners: i64) {
    let pool = world.database().await;
    for sql in [
        "DELETE FROM saves WHERE payment_method IN (SELECT payment_method FROM cards WHERE id > $1)",
        "DELETE FROM cards WHERE id > $1",
    ] {
        sqlx::query(sql)
            .bind(kept_cards)
            .execute(&pool)
            .await
            .unwrap();
    }
    let owners = sqlx::query("DELETE FROM owners WHERE id > $1");
    owners.bind(kept_owners).execute(&pool).await.unwrap();
    let numbers = if world.is_on_postgres() {
        "SELECT setval('owners_id_seq', $1)"
    } else {
        "UPDATE sqlite_sequence SET seq = $1 WHERE name = 'owners'"
    };
    sqlx::query(numbers)
        .bind(kept_owners)
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
}

async fn lines(world: &World, mode: Reconcile) -> Vec<CheckResult> {
    let mut settings = world.settings.clone();
    settings.accounts.retain(|account| account.id == CLOUD);
    let report = examine(settings, mode).await;
    let name = format!("account {CLOUD} reconcile");
    let lines = report.checks.into_iter();
    lines.filter(|line| line.check == name).collect()
}

fn has(lines: &[CheckResult], status: CheckStatus, text: &str) -> bool {
    let mut found = lines.iter().filter(|line| line.detail.contains(text));
    found.any(|line| line.status == status)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_backup_does_not_know_is_found_and_repaired() {
    let mut world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let kept = ann.adds(VISA).await;
    let sound = lines(&world, Reconcile::Compare).await;
    assert!(
        has(&sound, CheckStatus::Ok, "1 cards are the same"),
        "{sound:?}"
    );

    let orphan = ann.adds(MASTERCARD).await;
    Holder::new(&world, "bob").adds("378282246310005").await;
    world.stop().await;
    restore(&world, 1, 1).await;
    let found = lines(&world, Reconcile::Compare).await;
    for text in [
        format!("that no wallet shows: {orphan}"),
        "person is not stored: cus_".to_owned(),
        "up to number 2 are known to the gateway, and the highest stored one is 1".to_owned(),
    ] {
        assert!(
            has(&found, CheckStatus::Problem, &text),
            "{text}: {found:?}"
        );
    }

    let repaired = lines(&world, Reconcile::Repair).await;
    assert!(
        has(&repaired, CheckStatus::Warning, &orphan),
        "{repaired:?}"
    );
    world.start().await;
    let pool = world.database().await;
    let customer = "SELECT customer_id FROM owners WHERE id = 1";
    let customer: String = sqlx::query_scalar(customer).fetch_one(&pool).await.unwrap();
    let cloud = Bank::new(&world, "cloud");
    eventually("the card of no wallet is detached", async || {
        cloud.attached(&customer).await == [kept.clone()]
    })
    .await;
    let after = lines(&world, Reconcile::Compare).await;
    assert!(
        !has(&after, CheckStatus::Problem, "no wallet shows"),
        "{after:?}"
    );
    assert!(
        !has(&after, CheckStatus::Problem, "up to number"),
        "{after:?}"
    );
    let carl = Holder::new(&world, "carl");
    carl.adds(VISA).await;
    let highest: i64 = sqlx::query_scalar("SELECT MAX(id) FROM owners")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(highest, 3, "bob's number is not used again");
}
