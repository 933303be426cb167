//! How a sandbox is started. Filled by the program from its command line, and by tests by hand.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tokio::net::TcpListener;

/// How a sandbox is started.
#[derive(Clone, Debug)]
pub struct Options {
    pub host: IpAddr,
    /// Port of the scripts origin; fields, hooks and API are the three after it. None: any free ports.
    pub port_base: Option<u16>,
    /// The same seed gives the same ids. None: other ids at every start.
    pub seed: Option<u64>,
    /// Answer by the real host names too. None: only on the ports.
    pub real_names: Option<NamesOptions>,
}

/// How the real host names are answered.
#[derive(Clone, Debug, Default)]
pub struct NamesOptions {
    /// Port of the TLS listener; 0: any free port. None: the one after the API's, or any free one.
    pub port: Option<u16>,
    /// Where the throw-away authority's certificate is written, PEM.
    pub ca_out: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port_base: None,
            seed: None,
            real_names: None,
        }
    }
}

impl Options {
    /// Binds scripts, fields, hooks and API.
    pub(crate) async fn bind(&self) -> io::Result<[TcpListener; 4]> {
        Ok([
            self.at(self.port(0)?).await?,
            self.at(self.port(1)?).await?,
            self.at(self.port(2)?).await?,
            self.at(self.port(3)?).await?,
        ])
    }

    /// Binds the listener of the real names.
    pub(crate) async fn bind_names(&self, names: &NamesOptions) -> io::Result<TcpListener> {
        let port = match names.port {
            Some(port) => port,
            None => self.port(4)?,
        };
        self.at(port).await
    }

    fn port(&self, offset: u16) -> io::Result<u16> {
        let Some(base) = self.port_base else {
            return Ok(0);
        };
        base.checked_add(offset)
            .ok_or_else(|| io::Error::other("the port base leaves no room for the ports after it"))
    }

    async fn at(&self, port: u16) -> io::Result<TcpListener> {
        TcpListener::bind(SocketAddr::new(self.host, port))
            .await
            .map_err(|error| io::Error::new(error.kind(), format!("port {port}: {error}")))
    }
}
