//! The running server: opens what it needs, answers until it is told to stop, then leaves in order.
//!
//! Called by `main` and by the tests, which bring a listener on a free port.

use std::future::Future;
use std::time::Duration;

use booking_page::api::SiteConfig;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::bokamera::Till;
use crate::booking::Desk;
use crate::catalog::Catalog;
use crate::page::{Pages, Terminal};
use crate::quilt::Counter;
use crate::routes::{self, Site};
use crate::settings::Settings;
use crate::store::Store;
use crate::sweep;
use crate::ticket_evolution::Seller;
use crate::wallet::Wallet;

/// Where the wallet server has the card form.
const FRAME_PATH: &str = "/stripe_hosted_forms/card_entry";

/// How long requests under way may take to end after the word to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until `stop` is done.
///
/// # Errors
/// With a sentence for the operator.
pub async fn serve(
    settings: &Settings,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), String> {
    let terminal = Terminal::new(&settings.terminal, &settings.terminal_api);
    let pages = Pages::open(
        &settings.dist,
        settings.wallet.clone(),
        settings.stripe(),
        terminal,
        settings.homes.clone(),
    )?;
    let counter = settings.quilt_key.clone();
    let counter = counter.map(|key| Counter::new(settings.wallet.clone(), key));
    if !settings.companion.is_dir() {
        let folder = settings.companion.display();
        tracing::warn!(
            "--companion: {folder} does not exist; /element.html will not work until it is built"
        );
    }
    let store = Store::open(&settings.data)
        .await
        .map_err(|e| format!("--data: {e}"))?;
    let wallet = Wallet::new(
        settings.wallet.clone(),
        settings.company_id,
        settings.holds_key.clone(),
    );
    let desk = Desk {
        catalog: Catalog::new(settings.time_zone.clone()),
        store: store.clone(),
        wallet: wallet.map_err(|e| format!("--wallet: {e}"))?,
    };
    let config = SiteConfig {
        wallet: settings.wallet.clone(),
        frame: format!("{}{FRAME_PATH}", settings.wallet),
        company_id: settings.company_id,
    };
    let till = settings.bokamera_key.clone();
    let till = till.map(|key| Till::new(&settings.wallet, key, settings.stripe()));
    let till = till
        .transpose()
        .map_err(|e| format!("--bokamera-key: {e}"))?;
    let secret = settings.ticket_evolution_secret.clone();
    let seller = secret.map(|secret| Seller::new(settings.wallet.clone(), secret));
    let seller = seller.transpose().map_err(|e| format!("--wallet: {e}"))?;
    let sweeping = tokio::spawn(sweep::run(desk.clone()));
    let app = routes::router(
        Site {
            desk,
            pages,
            config,
            signer: settings.mikrocloud_secret.clone(),
            till,
            counter: counter
                .transpose()
                .map_err(|e| format!("--quilt-key: {e}"))?,
            seller,
        },
        settings,
    );

    if let Ok(address) = listener.local_addr() {
        tracing::info!("listening on http://{address}");
    }
    let (said, hear) = oneshot::channel();
    let served = axum::serve(listener, app).with_graceful_shutdown(async {
        stop.await;
        let _ = said.send(());
    });
    let farewell = async {
        if hear.await.is_ok() {
            tokio::time::sleep(FAREWELL).await;
        }
    };
    let result = tokio::select! {
        result = served => result.map_err(|e| e.to_string()),
        () = farewell => Ok(()),
    };
    sweeping.abort();
    store.close().await;
    result
}
