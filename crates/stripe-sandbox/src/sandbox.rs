//! A running sandbox: its listeners and its state. Started by the program, and by the tests of crates that call Stripe.
//! It must never run in production.

use crate::browser::RealNames;
use crate::certificate::Certificate;
use crate::options::{NamesOptions, Options};
use crate::origins::Origins;
use crate::serve::{Transport, serve};
use crate::state::{SandboxState, clock};
use crate::{api, browser, fields, script, three_d_secure, virtual_hosts, webhook};
use std::io;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A running sandbox. It stops when it is dropped.
///
/// # Examples
/// ```
/// # async fn example() -> std::io::Result<()> {
/// let sandbox = stripe_sandbox::Sandbox::start(stripe_sandbox::Options::default()).await?;
/// let stripe_js = sandbox.origins().stripe_js();
/// sandbox.stop().await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a sandbox stops when it is dropped"]
pub struct Sandbox {
    state: Arc<SandboxState>,
    real_names: Option<RealNames>,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<()>>,
}

impl Sandbox {
    /// Binds the ports and starts to serve.
    ///
    /// # Errors
    /// When a port cannot be bound, or the certificate cannot be made or written.
    pub async fn start(options: Options) -> io::Result<Self> {
        let [script, fields, hooks, api] = options.bind().await?;
        let origins = Origins::on_ports([
            script.local_addr()?,
            fields.local_addr()?,
            hooks.local_addr()?,
            api.local_addr()?,
        ]);
        let state = Arc::new(SandboxState::new(
            origins,
            options.seed.unwrap_or_else(random_seed),
        ));
        let (stop, stopped) = watch::channel(false);
        let mut servers = Vec::new();
        let mut real_names = None;
        if let Some(names_options) = &options.real_names {
            let (virtual_hosts, server) =
                serve_virtual_hosts(&options, names_options, &state, stopped.clone()).await?;
            real_names = Some(virtual_hosts);
            servers.push(server);
        }
        let api_router = api::router(Arc::clone(&state)).merge(browser::router(real_names.clone()));
        for (listener, router) in [
            (script, script::router(Arc::clone(&state))),
            (fields, fields::router(Arc::clone(&state))),
            (hooks, three_d_secure::router(Arc::clone(&state))),
            (api, api_router),
        ] {
            let served = serve(listener, Transport::Plain, router, stopped.clone());
            servers.push(tokio::spawn(served));
        }
        servers.push(tokio::spawn(clock::run(
            Arc::clone(&state),
            stopped.clone(),
        )));
        let delivery_queue = webhook::delivery_queue::run(Arc::clone(&state), stopped);
        servers.push(tokio::spawn(delivery_queue));
        Ok(Self {
            state,
            real_names,
            stop,
            servers,
        })
    }

    /// How clients reach the real host names; `None` when they are not enabled.
    #[must_use]
    pub fn real_names(&self) -> Option<&RealNames> {
        self.real_names.as_ref()
    }

    #[must_use]
    pub fn origins(&self) -> &Origins {
        &self.state.origins
    }

    /// Stops accepting connections, waits for running requests, and returns when every listener has stopped.
    pub async fn stop(self) {
        // This fails only when every listener has stopped already.
        let _ = self.stop.send(true);
        for server in self.servers {
            if let Err(error) = server.await {
                tracing::error!(%error, "a listener task failed while stopping");
            }
        }
    }
}

/// Makes the certificate, binds the TLS listener, and serves the real host names.
async fn serve_virtual_hosts(
    options: &Options,
    names_options: &NamesOptions,
    state: &Arc<SandboxState>,
    stopped: watch::Receiver<bool>,
) -> io::Result<(RealNames, JoinHandle<()>)> {
    let certificate = Certificate::make()?;
    if let Some(path) = &names_options.ca_out {
        std::fs::write(path, &certificate.ca_pem).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", path.display()))
        })?;
    }
    let listener = options.bind_names(names_options).await?;
    let names = RealNames::new(listener.local_addr()?, &certificate);
    let by_real_names = Arc::new(state.with_origins(Origins::real()));
    let router = virtual_hosts::router(&by_real_names, &names);
    let transport = Transport::Tls(certificate.acceptor);
    let server = tokio::spawn(serve(listener, transport, router, stopped));
    Ok((names, server))
}

fn random_seed() -> u64 {
    getrandom::u64().unwrap_or_else(|_| u64::from(std::process::id()))
}
