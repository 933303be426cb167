//! The settings `tls_certificate` and `tls_key`: TLS without a proxy.
//!
//! Checked with the configuration, used by each new connection, and read again on SIGHUP: a certificate is renewed without a
//! restart. It must never print the key, and never accept a key that every user of the machine can read beside live keys.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig as RustlsConfig};

use super::error::invalid;
use super::warning::Warnings;
use super::{ConfigError, ServerConfig, Settings};

/// The certificate and the key of new connections. A clone is the same: a reload swaps it for all.
#[derive(Clone)]
pub struct TlsCertificate(Arc<RwLock<Arc<RustlsConfig>>>);

impl fmt::Debug for TlsCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TlsCertificate(***)")
    }
}

impl TlsCertificate {
    /// Reads both files. `None`: neither is set.
    pub(super) fn check(given: &Settings) -> Result<Option<Self>, ConfigError> {
        let (certificate, key) = match (&given.tls_certificate, &given.tls_key) {
            (None, None) => return Ok(None),
            (Some(certificate), Some(key)) => (certificate, key),
            (Some(_), None) => return Err(invalid("tls_key", MISSING)),
            (None, Some(_)) => return Err(invalid("tls_certificate", MISSING)),
        };
        let chain = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| unreadable("tls_certificate", certificate, &error))?;
        if chain.is_empty() {
            let problem = format!("{} has none; {PEM}", certificate.display());
            return Err(invalid("tls_certificate", problem));
        }
        let secret = PrivateKeyDer::from_pem_file(key)
            .map_err(|error| unreadable("tls_key", key, &error))?;
        let built = RustlsConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map(|builder| builder.with_no_client_auth())
            .and_then(|builder| builder.with_single_cert(chain, secret));
        let mut built = built.map_err(|error| refused(&error))?;
        built.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Some(Self(Arc::new(RwLock::new(Arc::new(built))))))
    }

    /// What accepts the next connection.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        // The lock is held for a clone only, which does not panic.
        let current = self.0.read().unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(Arc::clone(&current))
    }

    /// Swaps certificate and key for those of another configuration. Open connections keep theirs.
    pub(super) fn replace_with(&self, other: &Self) {
        let new = Arc::clone(&other.0.read().unwrap_or_else(PoisonError::into_inner));
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = new;
    }
}

const PEM: &str = "give a PEM file, whose first line begins with -----BEGIN";
const MISSING: &str = "is missing; give the PEM files of both, the certificate and its key";

fn unreadable(setting: &str, path: &Path, error: &PemError) -> ConfigError {
    let name = path.display();
    let problem = match error {
        PemError::Io(error) => {
            format!("{name} cannot be read ({error}); check the path and its permissions")
        }
        PemError::NoItemsFound => format!("{name} has none; {PEM}"),
        // The error may quote a line of the key.
        _ => format!("{name} is no PEM file; {PEM}"),
    };
    invalid(setting, problem)
}

fn refused(error: &rustls::Error) -> ConfigError {
    match error {
        rustls::Error::InconsistentKeys(_) => invalid(
            "tls_key",
            "is not the key of tls_certificate; give the pair",
        ),
        other => invalid(
            "tls_key",
            format!("cannot be used ({other}); give a PKCS #8, RSA or EC key"),
        ),
    }
}

/// Checks TLS against the other settings.
pub(super) fn check_together(
    given: Option<&Path>,
    config: &ServerConfig,
    warnings: &mut Warnings,
) -> Result<(), ConfigError> {
    let Some(key) = given else {
        return Ok(());
    };
    let is_plain = config
        .public_url
        .as_ref()
        .filter(|own| own.as_str().starts_with("http://"));
    if let Some(own) = is_plain {
        let problem =
            format!("{own} is http, and tls_certificate is set; write https, or leave TLS out");
        return Err(invalid("public_url", problem));
    }
    if !others_can_read(key) {
        return Ok(());
    }
    let name = key.display();
    let problem =
        format!("{name} can be read by every user of this machine; run chmod o-rw {name}");
    if config.accounts.has_live_keys() {
        return Err(invalid("tls_key", problem));
    }
    warnings.add("tls_key", problem);
    Ok(())
}

#[cfg(unix)]
fn others_can_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o006 != 0)
}

#[cfg(not(unix))]
fn others_can_read(_path: &Path) -> bool {
    false
}
