//! Failures of the server itself: the database is locked, bodies arrive too slowly, a deletion runs at the time of a save.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::delete::join;
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::{World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_database_is_a_503_and_the_wallet_is_still_listed() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    let method = world.bank().types_card(MASTERCARD).await;
    let lock = world.locks_writes().await;
    let id = ann.card_id().await;
    let (begun, saved, deleted) =
        tokio::join!(ann.asks_to_begin(), ann.saves(&method), ann.deletes(&id));
    for answer in [begun, saved, deleted] {
        assert_eq!(answer.status, 503, "{answer:?}");
        assert!(!answer.sentence().contains("database"), "{answer:?}");
    }
    assert_eq!(ann.cards().await.len(), 1);
    lock.rollback().await.unwrap();
    assert_eq!(
        ann.saves(&method).await.status,
        201,
        "the save succeeds once the database is unlocked"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_bodies_time_out_and_delay_nobody() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    let drips = (0..100).map(async |_| {
        let mut stream = TcpStream::connect(world.address).await.unwrap();
        let head = format!(
            "POST /api/mkp/v1/user/credit_cards HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\n\
             Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{",
            ann.token
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let started = Instant::now();
        let mut answer = [0; 12];
        loop {
            let read = stream.read_exact(&mut answer);
            match tokio::time::timeout(Duration::from_secs(1), read).await {
                Ok(read) => {
                    read.unwrap();
                    return (
                        started.elapsed(),
                        String::from_utf8_lossy(&answer).into_owned(),
                    );
                }
                Err(_) => stream.write_all(b" ").await.unwrap(),
            }
        }
    });
    let others = async {
        for _ in 0..20 {
            let started = Instant::now();
            assert_eq!(ann.looks().await.status, 200);
            let took = started.elapsed();
            assert!(
                took < Duration::from_secs(15),
                "slow bodies delay others: {took:?}"
            );
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    let (drips, ()) = tokio::join!(join(drips.collect()), others);
    for (waited, status) in drips {
        assert_eq!(status, "HTTP/1.1 503");
        assert!(waited < Duration::from_secs(90), "{waited:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_at_the_time_of_a_save_leaves_wallet_and_gateway_equal() {
    let world = World::open().await;
    let bank = world.bank();
    for round in 0..8u64 {
        let person = world.person(&format!("p{round}")).await;
        person.adds(VISA).await;
        let old = person.card_id().await;
        let new = bank.types_card(MASTERCARD).await;
        let late = async |wait: u64| tokio::time::sleep(Duration::from_millis(wait)).await;
        let save = async {
            late(round % 3 * 6).await;
            person.saves(&new).await.status
        };
        let delete = async {
            late(round / 3 * 6).await;
            person.deletes(&old).await.status
        };
        let (saved, deleted) = tokio::join!(save, delete);
        assert_eq!(saved, 201);
        assert!([200, 404].contains(&deleted), "deleted, or replaced before");
        let cards = person.cards().await;
        assert_eq!(cards.len(), 1);
        let kept = cards[0]["id"].as_str().unwrap().to_owned();
        let (customer, method) = kept.split_once('|').unwrap();
        assert_eq!(method, new);
        eventually("the gateway has only that card", || async {
            bank.attached(customer).await == [new.clone()]
        })
        .await;
    }
}
