//! A running sandbox: four listeners and the world behind them. Started by the program, and by the
//! tests of whatever talks to Stripe.

use crate::origins::Origins;
use crate::serve::serve;
use crate::world::World;
use crate::{api, fields, hooks, script, webhook};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How a sandbox is started.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Where it listens.
    pub host: IpAddr,
    /// Port of the scripts origin; fields, hooks and API are the three after it. None: any free ports.
    pub port_base: Option<u16>,
    /// The same seed gives the same ids. None: other ids at every start.
    pub seed: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port_base: None,
            seed: None,
        }
    }
}

/// A running sandbox. Dropping it stops it.
#[derive(Debug)]
#[must_use = "a sandbox stops when it is dropped"]
pub struct Sandbox {
    world: Arc<World>,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<()>>,
}

impl Sandbox {
    /// Binds the four ports and serves.
    ///
    /// # Errors
    /// When a port cannot be bound.
    pub async fn start(options: Options) -> io::Result<Self> {
        let [script, fields, hooks, api] = bind(options).await?;
        let origins = Origins::of([
            script.local_addr()?,
            fields.local_addr()?,
            hooks.local_addr()?,
            api.local_addr()?,
        ]);
        let world = Arc::new(World::new(origins, options.seed.unwrap_or_else(any_seed)));
        let (stop, stopped) = watch::channel(false);
        let servers = vec![
            tokio::spawn(serve(
                script,
                script::router(Arc::clone(&world)),
                stopped.clone(),
            )),
            tokio::spawn(serve(
                fields,
                fields::router(Arc::clone(&world)),
                stopped.clone(),
            )),
            tokio::spawn(serve(
                hooks,
                hooks::router(Arc::clone(&world)),
                stopped.clone(),
            )),
            tokio::spawn(serve(api, api::router(Arc::clone(&world)), stopped.clone())),
            tokio::spawn(webhook::postman::run(Arc::clone(&world), stopped)),
        ];
        Ok(Self {
            world,
            stop,
            servers,
        })
    }

    /// Where everything is.
    #[must_use]
    pub fn origins(&self) -> &Origins {
        &self.world.origins
    }

    /// Stops accepting, lets requests under way end, and returns when all four have stopped.
    pub async fn stop(self) {
        // Nobody listens only when all four have stopped already.
        let _ = self.stop.send(true);
        for server in self.servers {
            if let Err(error) = server.await {
                tracing::error!(%error, "an origin did not stop cleanly");
            }
        }
    }
}

async fn bind(options: Options) -> io::Result<[TcpListener; 4]> {
    let port = |offset: u16| match options.port_base {
        None => Ok(0),
        Some(base) => base
            .checked_add(offset)
            .ok_or_else(|| io::Error::other("the port base leaves no room for four ports")),
    };
    let at = |port| TcpListener::bind(SocketAddr::new(options.host, port));
    Ok([
        at(port(0)?).await?,
        at(port(1)?).await?,
        at(port(2)?).await?,
        at(port(3)?).await?,
    ])
}

fn any_seed() -> u64 {
    getrandom::u64().unwrap_or_else(|_| u64::from(std::process::id()))
}
