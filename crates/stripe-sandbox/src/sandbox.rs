//! A running sandbox: its listeners and the world behind them. Started by the program, and by the
//! tests of whatever talks to Stripe.

use crate::browser::RealNames;
use crate::certificate::Certificate;
use crate::options::{NamesOptions, Options};
use crate::origins::Origins;
use crate::serve::{Transport, serve};
use crate::world::{World, clock};
use crate::{api, browser, fields, hooks, names, script, webhook};
use std::io;
use std::sync::Arc;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A running sandbox. Dropping it stops it.
#[derive(Debug)]
#[must_use = "a sandbox stops when it is dropped"]
pub struct Sandbox {
    world: Arc<World>,
    names: Option<RealNames>,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<()>>,
}

impl Sandbox {
    /// Binds the ports and serves.
    ///
    /// # Errors
    /// When a port cannot be bound, or the authority's certificate cannot be written.
    pub async fn start(options: Options) -> io::Result<Self> {
        let [script, fields, hooks, api] = options.bind().await?;
        let origins = Origins::of([
            script.local_addr()?,
            fields.local_addr()?,
            hooks.local_addr()?,
            api.local_addr()?,
        ]);
        let world = Arc::new(World::new(origins, options.seed.unwrap_or_else(any_seed)));
        let (stop, stopped) = watch::channel(false);
        let mut servers = Vec::new();
        let mut names = None;
        if let Some(asked) = &options.real_names {
            let (known, server) = answer_by_names(&options, asked, &world, stopped.clone()).await?;
            names = Some(known);
            servers.push(server);
        }
        let at_api = api::router(Arc::clone(&world)).merge(browser::router(names.clone()));
        for (listener, router) in [
            (script, script::router(Arc::clone(&world))),
            (fields, fields::router(Arc::clone(&world))),
            (hooks, hooks::router(Arc::clone(&world))),
            (api, at_api),
        ] {
            let served = serve(listener, Transport::Plain, router, stopped.clone());
            servers.push(tokio::spawn(served));
        }
        servers.push(tokio::spawn(clock::run(
            Arc::clone(&world),
            stopped.clone(),
        )));
        let postman = webhook::postman::run(Arc::clone(&world), stopped);
        servers.push(tokio::spawn(postman));
        Ok(Self {
            world,
            names,
            stop,
            servers,
        })
    }

    /// How the real names are reached, when they were asked for.
    #[must_use]
    pub fn real_names(&self) -> Option<&RealNames> {
        self.names.as_ref()
    }

    #[must_use]
    pub fn origins(&self) -> &Origins {
        &self.world.origins
    }

    /// Stops accepting, lets requests under way end, and returns when all have stopped.
    pub async fn stop(self) {
        // Nobody listens only when all have stopped already.
        let _ = self.stop.send(true);
        for server in self.servers {
            if let Err(error) = server.await {
                tracing::error!(%error, "an origin did not stop cleanly");
            }
        }
    }
}

/// Makes the certificate, binds, and answers by the real names.
async fn answer_by_names(
    options: &Options,
    asked: &NamesOptions,
    world: &Arc<World>,
    stopped: watch::Receiver<bool>,
) -> io::Result<(RealNames, JoinHandle<()>)> {
    let certificate = Certificate::make()?;
    if let Some(path) = &asked.ca_out {
        std::fs::write(path, &certificate.ca_pem).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", path.display()))
        })?;
    }
    let listener = options.bind_names(asked).await?;
    let names = RealNames::new(listener.local_addr()?, &certificate);
    let named = Arc::new(world.seen_at(Origins::real()));
    let router = names::router(&named, &names);
    let transport = Transport::Tls(certificate.acceptor);
    let server = tokio::spawn(serve(listener, transport, router, stopped));
    Ok((names, server))
}

fn any_seed() -> u64 {
    getrandom::u64().unwrap_or_else(|_| u64::from(std::process::id()))
}
