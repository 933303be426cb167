//! The sweep: cleans up after crashes and indeterminate responses.

use booking_page::api::NewAppointment;
use booking_site::booking::{BookingService, UNBLOCK_DELAY_SECONDS};
use booking_site::catalog::{Catalog, Offer};
use booking_site::store::{AppointmentRow, AppointmentStore};
use booking_site::sweep;
use booking_site::wallet::{UserId, WalletClient};
use card_entry_protocol::origin::Origin;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tempfile::TempDir;

use crate::fake_wallet::{Behaviour, FakeWallet, HOLDS_KEY};

const ANA: UserId = UserId(1);

async fn bookings() -> (BookingService, FakeWallet, TempDir) {
    let (wallet, folder) = (FakeWallet::start().await, TempDir::new().unwrap());
    let base = Origin::parse(&wallet.base).unwrap();
    let bookings = BookingService {
        catalog: Catalog::new(TimeZone::UTC),
        store: AppointmentStore::open(folder.path()).await.unwrap(),
        wallet: WalletClient::new(base, 40426, HOLDS_KEY.parse().unwrap()).unwrap(),
    };
    (bookings, wallet, folder)
}

fn row(id: &str, offer: &Offer) -> AppointmentRow {
    AppointmentRow {
        id: id.to_owned(),
        user: ANA,
        service: "haircut".to_owned(),
        at: offer.at.clone(),
        until: offer.until.clone(),
        is_cancelled: false,
    }
}

fn now() -> i64 {
    Timestamp::now().as_second()
}

#[tokio::test]
async fn a_deletion_block_of_a_lost_response_is_removed_after_the_delay() {
    let (bookings, wallet, _folder) = bookings().await;
    let haircut = bookings.catalog.service("haircut").unwrap();
    let at = bookings.catalog.days(haircut, Timestamp::now())[0][0]
        .at
        .clone();
    wallet.set_behaviour(Behaviour::ResponseLost);
    let new = NewAppointment {
        service: "haircut".to_owned(),
        at,
    };
    assert!(bookings.book(ANA, &new).await.is_err());
    wallet.set_behaviour(Behaviour::Normal);

    sweep::sweep_once(&bookings, now()).await.unwrap();
    assert_eq!(wallet.holds().len(), 1, "too early");
    sweep::sweep_once(&bookings, now() + UNBLOCK_DELAY_SECONDS + 1)
        .await
        .unwrap();
    assert_eq!(wallet.holds().len(), 0);
    assert_eq!(
        bookings.store.due_unblocks(i64::MAX).await.unwrap(),
        Vec::<String>::new(),
        "no row remains"
    );
    assert!(bookings.book(ANA, &new).await.is_ok());
}

#[tokio::test]
async fn an_interrupted_booking_is_withdrawn_and_its_block_removed() {
    let (bookings, wallet, _folder) = bookings().await;
    let haircut = bookings.catalog.service("haircut").unwrap();
    let offer = bookings.catalog.days(haircut, Timestamp::now())[0][0].clone();
    // The crash comes after the block was placed and before the appointment is confirmed.
    assert!(
        bookings
            .store
            .insert_pending(&row("interrupted", &offer), &offer, now())
            .await
            .unwrap()
    );
    bookings
        .wallet
        .block_card_deletion(ANA, "interrupted", "Haircut", &offer.until)
        .await
        .unwrap();
    assert!(
        !bookings
            .store
            .insert_pending(&row("next", &offer), &offer, now())
            .await
            .unwrap(),
        "the time is taken"
    );

    sweep::sweep_once(&bookings, now()).await.unwrap();
    assert_eq!(wallet.holds().len(), 1, "the request may still be running");
    sweep::sweep_once(&bookings, now() + UNBLOCK_DELAY_SECONDS + 1)
        .await
        .unwrap();
    assert_eq!(wallet.holds().len(), 0);
    assert!(
        !bookings.store.confirm("interrupted").await.unwrap(),
        "a late confirmation is refused"
    );
    assert!(
        bookings
            .store
            .insert_pending(&row("next", &offer), &offer, now())
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn no_appointment_is_deleted_while_the_wallet_server_is_away() {
    let (bookings, wallet, _folder) = bookings().await;
    let haircut = bookings.catalog.service("haircut").unwrap();
    let offer = bookings.catalog.days(haircut, Timestamp::now())[0][0].clone();
    bookings
        .store
        .insert_pending(&row("v", &offer), &offer, now())
        .await
        .unwrap();
    bookings
        .wallet
        .block_card_deletion(ANA, "v", "Haircut", &offer.until)
        .await
        .unwrap();
    bookings.store.confirm("v").await.unwrap();
    bookings.store.cancel("v", now()).await.unwrap();
    wallet.set_behaviour(Behaviour::UnblockFails);
    for _ in 0..3 {
        sweep::sweep_once(&bookings, now() + 1).await.unwrap();
    }
    assert_eq!(bookings.store.due_unblocks(now() + 1).await.unwrap(), ["v"]);
    wallet.set_behaviour(Behaviour::Normal);
    // Also a month later, when the appointment itself is deleted.
    sweep::sweep_once(&bookings, now() + 60 * 24 * 3600)
        .await
        .unwrap();
    assert_eq!(wallet.holds().len(), 0);
    assert!(bookings.store.find("v").await.unwrap().is_none());
}
