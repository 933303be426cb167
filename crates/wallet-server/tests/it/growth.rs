//! The rates of begins and saves with a million old saves, beside those on an empty database. It takes minutes, so it runs
//! only when it is named: `cargo test -p wallet-server --test it -- --ignored growth --nocapture`.

use std::time::{Duration, Instant};

use crate::delete::join;
use crate::support::bank::VISA;
use crate::support::person::Person;
use crate::support::{STUDIO, World};

const OLD_OWNERS: u32 = 200_000;
const OLD_SAVES: u32 = 1_000_000;

/// How often each database is measured, in turn with the other one.
const ROUNDS: usize = 7;

/// The people of a round. All begin at once, and then all save at once.
const PEOPLE: usize = 40;

/// Without the index, more people at once would wait longer than the database lets them.
const PEOPLE_WITHOUT_INDEX: usize = 8;

/// Fills a database like years of use: each owner saved five cards, all of them long ago.
async fn fill(world: &World) {
    let pool = world.database().await;
    let owners = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO owners (id, account_id, kind, created_at)
         SELECT 1000000 + i, 40426, 'user', 1600000000 + i FROM n";
    sqlx::query(owners)
        .bind(i64::from(OLD_OWNERS))
        .execute(&pool)
        .await
        .unwrap();
    let saves = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO saves (payment_method, owner_id, wallet_payment_method, outcome, created_at)
         SELECT 'pm_old' || i, 1000001 + i % $2, 'pm_old' || i, 'replaced', 1600000000 + i FROM n";
    sqlx::query(saves)
        .bind(i64::from(OLD_SAVES))
        .bind(i64::from(OLD_OWNERS))
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
}

/// The time in which all people began, and in which all saved.
struct Times {
    begins: Duration,
    saves: Duration,
}

async fn measure(world: &World, round: usize, count: usize) -> Times {
    let bank = world.bank();
    let mut people = Vec::new();
    for at in 0..count {
        people.push(Person::sign_up(world, &format!("r{round}p{at}"), STUDIO).await);
    }
    let started = Instant::now();
    let secrets = join(people.iter().map(Person::begins).collect()).await;
    let begins = started.elapsed();
    let mut methods = Vec::new();
    for secret in &secrets {
        let method = bank.types_card(VISA).await;
        let confirmed = bank.confirms(secret, &method).await;
        assert_eq!(confirmed["status"], "succeeded");
        methods.push(method);
    }
    let started = Instant::now();
    let pairs = people.iter().zip(&methods);
    let answers = join(pairs.map(|(person, method)| person.saves(method)).collect()).await;
    let saves = started.elapsed();
    assert!(answers.iter().all(|answer| answer.status == 201));
    Times { begins, saves }
}

fn median(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// The rate of begins and the rate of saves on the full database, as a part of those on the empty one. Of several rounds
/// the median counts, because other work on the machine disturbs single ones.
async fn rates(worlds: [&World; 2], first_round: usize, people: usize) -> (f64, f64) {
    let [empty, full] = worlds;
    let (mut begins, mut saves) = (Vec::new(), Vec::new());
    for round in first_round..first_round + ROUNDS {
        let on_empty = measure(empty, round, people).await;
        let on_full = measure(full, round, people).await;
        begins.push(on_empty.begins.as_secs_f64() / on_full.begins.as_secs_f64());
        saves.push(on_empty.saves.as_secs_f64() / on_full.saves.as_secs_f64());
        eprintln!(
            "round {round}: begins {:?} and {:?}, saves {:?} and {:?}",
            on_empty.begins, on_full.begins, on_empty.saves, on_full.saves
        );
    }
    (median(begins), median(saves))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "fills a database with a million rows, and takes minutes"]
async fn begins_and_saves_keep_their_rate_with_a_million_old_saves() {
    let (empty, full) = (World::open().await, World::open().await);
    fill(&full).await;
    let (begins, saves) = rates([&empty, &full], 0, PEOPLE).await;
    eprintln!("with the index: begins keep {begins:.2} of their rate, saves {saves:.2}");

    let pool = full.database().await;
    sqlx::query("DROP INDEX saves_by_owner")
        .execute(&pool)
        .await
        .unwrap();
    let (scanned_begins, scanned_saves) =
        rates([&empty, &full], ROUNDS, PEOPLE_WITHOUT_INDEX).await;
    eprintln!("without it: begins {scanned_begins:.2}, saves {scanned_saves:.2}");
    assert!(
        begins >= 0.8 && saves >= 0.8,
        "begins {begins:.2}, saves {saves:.2}"
    );
}
