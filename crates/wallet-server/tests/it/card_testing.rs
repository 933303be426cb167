//! A card tester with 300 stolen cards: how many reach an issuer after the limits tripped, and whether people who have
//! saved a card before are hindered. In the browser, with the default limits, and by payment methods that the server
//! confirms.

use wallet_server::config::{BreakerSettings, Settings};

use crate::support::bank::{MASTERCARD, VISA};
use crate::support::visitor::Visitor;
use crate::support::webhook_sender::{restart, world_with_webhooks};
use crate::support::{World, eventually};

const STOLEN: &str = "4000000000000002";

/// The limits of the documentation.
fn set_default_limits(settings: &mut Settings) {
    settings.trusted_proxies = Some(vec!["127.0.0.1".parse().unwrap()]);
    settings.intents_per_hour = None;
    settings.intents_per_hour_and_address = None;
    settings.open_intents_per_address = None;
    settings.declines_per_hour_and_address = None;
    settings.cards_per_day = None;
    settings.accounts[0].breaker = Some(BreakerSettings::default());
}

/// Ten people who saved a card two hours ago, one of them at the address of the first thief.
async fn honest_people(world: &World) -> Vec<Visitor<'_>> {
    let mut people = vec![Visitor::at(world, &thief_address(0)).await];
    for number in 1..10 {
        people.push(Visitor::at(world, &format!("198.51.100.{number}")).await);
    }
    for person in &people {
        assert_eq!(person.adds(VISA).await.status, 201);
    }
    let pool = world.database().await;
    for older in [
        "UPDATE saves SET created_at = created_at - 7200",
        "UPDATE cards SET created_at = created_at - 7200",
        "UPDATE attempts SET created_at = created_at - 7200",
        "UPDATE issuer_responses SET created_at = created_at - 7200",
    ] {
        sqlx::query(older).execute(&pool).await.unwrap();
    }
    people
}

fn thief_address(network: usize) -> String {
    format!("203.0.113.{network}")
}

async fn count(world: &World, sql: &'static str) -> usize {
    let pool = world.database().await;
    let count: i64 = sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap();
    usize::try_from(count).unwrap()
}

/// Waits until every decline is reported and every cancellation is done.
async fn settles(world: &World, declined: usize) {
    eventually(
        "declines are counted, and intents are canceled",
        async || {
            let counted = count(
                world,
                "SELECT COUNT(*) FROM issuer_responses WHERE declined",
            )
            .await;
            let waiting =
                "SELECT COUNT(*) FROM outbox WHERE action = 'cancel' AND due_at <= unixepoch()";
            counted == declined && count(world, waiting).await == 0
        },
    )
    .await;
}

/// What a run came to.
#[derive(Debug, Default)]
struct Run {
    /// Cards that an issuer answered before the first one was refused, and after.
    before: usize,
    after: usize,
    /// Cards that were refused before an issuer was asked.
    refused: usize,
}

impl Run {
    fn count(&mut self, reached_issuer: bool) {
        match (reached_issuer, self.refused) {
            (true, 0) => self.before += 1,
            (true, _) => self.after += 1,
            (false, _) => self.refused += 1,
        }
    }

    fn reached(&self) -> usize {
        self.before + self.after
    }

    fn assert_stopped(&self, most_before: usize) {
        assert!(self.before <= most_before, "{self:?}");
        let following = self.after + self.refused;
        assert!(self.after * 20 < following, "{self:?}");
    }
}

/// Whether the thief waits until a decline is counted. A real one does not, and the figures then depend on the speed of
/// the machine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    OneByOne,
    AtFullSpeed,
}

/// Tries cards in the browser, each address in turn. A thief takes a new name for each intent.
async fn tries_in_browser(world: &World, cards: usize, networks: usize, pace: Pace) -> Run {
    let bank = world.bank();
    let mut secrets = Vec::new();
    // Intents are gathered first, as many as the server gives.
    for network in 0..networks {
        let guest = Visitor::at(world, &thief_address(network)).await;
        secrets.push(guest.begins().await);
    }
    let mut run = Run::default();
    for card in 0..cards {
        let network = card % networks;
        let method = bank.types_card(STOLEN).await;
        let mut reached = false;
        // With the intent at hand, or else with a new one.
        for _ in 0..2 {
            if let Some(secret) = &secrets[network] {
                let answer = bank.confirms(secret, &method).await;
                if answer["error"]["code"] == "card_declined" {
                    reached = true;
                    break;
                }
            }
            let guest = Visitor::at(world, &thief_address(network)).await;
            secrets[network] = guest.begins().await;
            if secrets[network].is_none() {
                break;
            }
        }
        run.count(reached);
        if reached && pace == Pace::OneByOne {
            settles(world, run.reached()).await;
        }
    }
    run
}

/// Tries cards as payment methods that the server confirms, each by a new guest.
async fn tries_by_payment_method(world: &World, cards: usize, networks: usize) -> Run {
    let mut run = Run::default();
    for card in 0..cards {
        let guest = Visitor::at(world, &thief_address(card % networks)).await;
        let method = world.bank().types_card(STOLEN).await;
        let status = guest.saves(&method).await.status;
        assert!(matches!(status, 422 | 429), "{status}");
        run.count(status == 422);
    }
    run
}

async fn are_not_hindered(people: &[Visitor<'_>]) {
    for person in people {
        let saved = person.adds(MASTERCARD).await;
        assert_eq!(saved.status, 201, "{saved:?}");
    }
}

async fn world_with_default_limits() -> World {
    let (mut world, secret) = world_with_webhooks().await;
    set_default_limits(&mut world.settings);
    restart(&mut world, &[&secret]).await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_cards_in_the_browser_from_one_address() {
    let world = world_with_default_limits().await;
    let people = honest_people(&world).await;
    let run = tries_in_browser(&world, 300, 1, Pace::OneByOne).await;
    run.assert_stopped(10);
    are_not_hindered(&people).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_cards_in_the_browser_from_sixty_addresses() {
    let world = world_with_default_limits().await;
    let people = honest_people(&world).await;
    let run = tries_in_browser(&world, 300, 60, Pace::OneByOne).await;
    run.assert_stopped(20);
    are_not_hindered(&people).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_payment_methods() {
    for (networks, most_before) in [(1, 10), (60, 20)] {
        let world = World::with(set_default_limits).await;
        let people = honest_people(&world).await;
        let run = tries_by_payment_method(&world, 300, networks).await;
        run.assert_stopped(most_before);
        let confirms = world
            .gateway_calls("POST", "/v1/setup_intents/*/confirm")
            .await;
        assert_eq!(
            confirms,
            people.len() + run.reached(),
            "counted at the gateway"
        );
        are_not_hindered(&people).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: the figures of docs/card-testing.md"]
#[allow(clippy::print_stdout)]
async fn ten_thousand_cards_at_full_speed() {
    let started = std::time::Instant::now();
    let world = world_with_default_limits().await;
    let people = honest_people(&world).await;
    let run = tries_in_browser(&world, 10_000, 60, Pace::AtFullSpeed).await;
    println!("in the browser: {run:?} in {:?}", started.elapsed());
    assert!(run.after * 20 < run.after + run.refused, "{run:?}");
    are_not_hindered(&people).await;
    let started = std::time::Instant::now();
    let world = World::with(set_default_limits).await;
    let people = honest_people(&world).await;
    let run = tries_by_payment_method(&world, 10_000, 60).await;
    println!("by payment method: {run:?} in {:?}", started.elapsed());
    run.assert_stopped(20);
    are_not_hindered(&people).await;
}
