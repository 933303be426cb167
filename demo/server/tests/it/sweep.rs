//! What is left behind by a crash or an unclear answer, and how the sweep clears it.

use booking_page::api::NewAppointment;
use booking_site::booking::{Desk, UNCLEAR};
use booking_site::catalog::Catalog;
use booking_site::store::Store;
use booking_site::sweep;
use booking_site::wallet::{UserId, Wallet};
use card_entry_protocol::origin::Origin;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tempfile::TempDir;

use crate::wallet::{HOLDS_KEY, Mood, StandIn};

const ANA: UserId = UserId(1);

async fn desk() -> (Desk, StandIn, TempDir) {
    let (wallet, folder) = (StandIn::start().await, TempDir::new().unwrap());
    let base = Origin::parse(&wallet.base).unwrap();
    let desk = Desk {
        catalog: Catalog::new(TimeZone::UTC),
        store: Store::open(folder.path()).await.unwrap(),
        wallet: Wallet::new(base, 40426, HOLDS_KEY.parse().unwrap()).unwrap(),
    };
    (desk, wallet, folder)
}

fn now() -> i64 {
    Timestamp::now().as_second()
}

#[tokio::test]
async fn a_hold_whose_answer_was_lost_is_lifted_once_no_late_one_can_come() {
    let (desk, wallet, _folder) = desk().await;
    let haircut = desk.catalog.service("haircut").unwrap();
    let at = desk.catalog.days(haircut, Timestamp::now())[0][0]
        .at
        .clone();
    wallet.feel(Mood::AnswerLost);
    let new = NewAppointment {
        service: "haircut".to_owned(),
        at,
    };
    assert!(desk.book(ANA, &new).await.is_err());
    wallet.feel(Mood::Well);

    sweep::round(&desk, now()).await.unwrap();
    assert_eq!(wallet.holds().len(), 1, "too early");
    sweep::round(&desk, now() + UNCLEAR + 1).await.unwrap();
    assert_eq!(wallet.holds().len(), 0);
    assert_eq!(
        desk.store.to_lift(i64::MAX).await.unwrap(),
        Vec::<String>::new(),
        "nothing is kept"
    );
    assert!(desk.book(ANA, &new).await.is_ok());
}

#[tokio::test]
async fn a_booking_cut_off_by_a_crash_is_withdrawn_and_its_hold_lifted() {
    let (desk, wallet, _folder) = desk().await;
    let haircut = desk.catalog.service("haircut").unwrap();
    let offer = desk.catalog.days(haircut, Timestamp::now())[0][0].clone();
    // The crash came after the hold and before the visit was booked.
    assert!(
        desk.store
            .ask("cut-off", ANA, "haircut", &offer, now())
            .await
            .unwrap()
    );
    desk.wallet
        .hold(ANA, "cut-off", "Haircut", &offer.until)
        .await
        .unwrap();
    assert!(
        !desk
            .store
            .ask("next", ANA, "haircut", &offer, now())
            .await
            .unwrap(),
        "the time is taken"
    );

    sweep::round(&desk, now()).await.unwrap();
    assert_eq!(wallet.holds().len(), 1, "it may still be under way");
    sweep::round(&desk, now() + UNCLEAR + 1).await.unwrap();
    assert_eq!(wallet.holds().len(), 0);
    assert!(
        !desk.store.book("cut-off").await.unwrap(),
        "a late answer books nothing"
    );
    assert!(
        desk.store
            .ask("next", ANA, "haircut", &offer, now())
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn nothing_is_forgotten_while_the_wallet_is_away() {
    let (desk, wallet, _folder) = desk().await;
    let haircut = desk.catalog.service("haircut").unwrap();
    let offer = desk.catalog.days(haircut, Timestamp::now())[0][0].clone();
    desk.store
        .ask("v", ANA, "haircut", &offer, now())
        .await
        .unwrap();
    desk.wallet
        .hold(ANA, "v", "Haircut", &offer.until)
        .await
        .unwrap();
    desk.store.book("v").await.unwrap();
    desk.store.cancel("v", now()).await.unwrap();
    wallet.feel(Mood::LiftFails);
    for _ in 0..3 {
        sweep::round(&desk, now() + 1).await.unwrap();
    }
    assert_eq!(desk.store.to_lift(now() + 1).await.unwrap(), ["v"]);
    wallet.feel(Mood::Well);
    // Even a month later, when the visit itself is forgotten.
    sweep::round(&desk, now() + 60 * 24 * 3600).await.unwrap();
    assert_eq!(wallet.holds().len(), 0);
    assert!(desk.store.find("v").await.unwrap().is_none());
}
