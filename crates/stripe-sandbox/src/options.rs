//! The options of a sandbox. Set by the program from its command line, and by tests. No option may allow live keys.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tokio::net::TcpListener;

/// The options of a sandbox.
///
/// # Examples
/// ```
/// let options = stripe_sandbox::Options { seed: Some(1), ..Default::default() };
/// assert_eq!(options.port_base, None);
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    pub host: IpAddr,
    /// The port of the scripts origin; fields, hooks and API listen on the next three ports. `None`: any free ports.
    pub port_base: Option<u16>,
    /// The seed of the generated ids. `None`: other ids at every start.
    pub seed: Option<u64>,
    /// Serve the real host names too. `None`: only the ports.
    pub real_names: Option<NamesOptions>,
}

/// The options of the listener for the real host names.
#[derive(Clone, Debug, Default)]
pub struct NamesOptions {
    /// The port of the TLS listener; 0 for any free port. `None`: the port after the API's, or any free port.
    pub port: Option<u16>,
    /// The file to which the certificate of the temporary authority is written, as PEM.
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
    /// Binds the listeners of scripts, fields, hooks and API.
    pub(crate) async fn bind(&self) -> io::Result<[TcpListener; 4]> {
        Ok([
            self.bind_port(self.port_at(0)?).await?,
            self.bind_port(self.port_at(1)?).await?,
            self.bind_port(self.port_at(2)?).await?,
            self.bind_port(self.port_at(3)?).await?,
        ])
    }

    /// Binds the TLS listener of the real host names.
    pub(crate) async fn bind_names(&self, names: &NamesOptions) -> io::Result<TcpListener> {
        let port = match names.port {
            Some(port) => port,
            None => self.port_at(4)?,
        };
        self.bind_port(port).await
    }

    fn port_at(&self, offset: u16) -> io::Result<u16> {
        let Some(base) = self.port_base else {
            return Ok(0);
        };
        base.checked_add(offset).ok_or_else(|| {
            io::Error::other("the port base is too high: the ports after it do not exist")
        })
    }

    async fn bind_port(&self, port: u16) -> io::Result<TcpListener> {
        TcpListener::bind(SocketAddr::new(self.host, port))
            .await
            .map_err(|error| io::Error::new(error.kind(), format!("port {port}: {error}")))
    }
}
