//! Starts the server, serves until the stop signal, and shuts down.
//!
//! Called by `main` and by the tests, which pass a listener on a free port.

use std::future::Future;
use std::time::Duration;

use booking_page::api::SiteConfig;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::bokamera::BokaMeraClient;
use crate::booking::BookingService;
use crate::catalog::Catalog;
use crate::page::{Pages, TerminalOrigins};
use crate::quilt::QuiltProxy;
use crate::routes::{self, AppState};
use crate::settings::Settings;
use crate::store::AppointmentStore;
use crate::sweep;
use crate::ticket_evolution::TicketEvolutionClient;
use crate::wallet::WalletClient;

/// Path of the card form on the wallet server.
const FRAME_PATH: &str = "/stripe_hosted_forms/card_entry";

/// The time that running requests have to finish after the stop signal.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// Serves until `stop` completes.
///
/// # Errors
/// A message for the operator.
pub async fn serve(
    settings: &Settings,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), String> {
    let terminal = TerminalOrigins::new(&settings.terminal, &settings.terminal_api);
    let pages = Pages::open(
        &settings.dist,
        settings.wallet.clone(),
        settings.stripe(),
        terminal,
        settings.embedding_sites.clone(),
    )?;
    let quilt_proxy = settings.quilt_key.clone();
    let quilt_proxy = quilt_proxy.map(|key| QuiltProxy::new(settings.wallet.clone(), key));
    if !settings.companion.is_dir() {
        let folder = settings.companion.display();
        tracing::warn!(
            "--companion: {folder} does not exist; /element.html will not work until it is built"
        );
    }
    let store = AppointmentStore::open(&settings.data)
        .await
        .map_err(|e| format!("--data: {e}"))?;
    let wallet = WalletClient::new(
        settings.wallet.clone(),
        settings.company_id,
        settings.holds_key.clone(),
    );
    let bookings = BookingService {
        catalog: Catalog::new(settings.time_zone.clone()),
        store: store.clone(),
        wallet: wallet.map_err(|e| format!("--wallet: {e}"))?,
    };
    let config = SiteConfig {
        wallet: settings.wallet.clone(),
        frame: format!("{}{FRAME_PATH}", settings.wallet),
        company_id: settings.company_id,
    };
    let bokamera_client = settings.bokamera_key.clone();
    let bokamera_client =
        bokamera_client.map(|key| BokaMeraClient::new(&settings.wallet, key, settings.stripe()));
    let bokamera_client = bokamera_client
        .transpose()
        .map_err(|e| format!("--bokamera-key: {e}"))?;
    let secret = settings.ticket_evolution_secret.clone();
    let ticket_evolution =
        secret.map(|secret| TicketEvolutionClient::new(settings.wallet.clone(), secret));
    let ticket_evolution = ticket_evolution
        .transpose()
        .map_err(|e| format!("--wallet: {e}"))?;
    let sweep = tokio::spawn(sweep::run(bookings.clone()));
    let app = routes::router(
        AppState {
            bookings,
            pages,
            config,
            mikrocloud: settings.mikrocloud_secret.clone(),
            bokamera_client,
            quilt_proxy: quilt_proxy
                .transpose()
                .map_err(|e| format!("--quilt-key: {e}"))?,
            ticket_evolution,
        },
        settings,
    );

    if let Ok(address) = listener.local_addr() {
        tracing::info!("listening on http://{address}");
    }
    let (stop_sent, stop_received) = oneshot::channel();
    let server = axum::serve(listener, app).with_graceful_shutdown(async {
        stop.await;
        let _ = stop_sent.send(());
    });
    let grace_period = async {
        if stop_received.await.is_ok() {
            tokio::time::sleep(SHUTDOWN_GRACE).await;
        }
    };
    let result = tokio::select! {
        result = server => result.map_err(|e| e.to_string()),
        () = grace_period => Ok(()),
    };
    sweep.abort();
    store.close().await;
    result
}
