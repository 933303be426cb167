//! The certificate of the real host names: a temporary authority and one leaf certificate, made at every start.
//!
//! Made by [`crate::sandbox`] when real host names are enabled. The authority's key signs once and is dropped. No key
//! may leave the process, and the authority may sign only for the names in [`crate::virtual_hosts::HOSTS`].

use crate::virtual_hosts::HOSTS;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, NameConstraints, PublicKeyData as _,
};
use sha2::{Digest as _, Sha256};
use std::io;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// Longer than any test run, and short in case the certificate is misused.
const CERTIFICATE_LIFETIME: Duration = Duration::days(30);

/// What the TLS listener needs, and what its clients need to trust it.
pub struct Certificate {
    pub acceptor: TlsAcceptor,
    pub ca_pem: String,
    /// SHA-256 of the leaf's public key, in base64, as Chromium's command-line switch takes it.
    pub spki: String,
}

impl Certificate {
    /// Makes the authority and the leaf certificate.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn make() -> io::Result<Self> {
        let ca_key = KeyPair::generate().map_err(io::Error::other)?;
        let ca_params = authority().map_err(io::Error::other)?;
        let ca = ca_params.self_signed(&ca_key).map_err(io::Error::other)?;
        let issuer = Issuer::new(ca_params, ca_key);

        let key = KeyPair::generate().map_err(io::Error::other)?;
        let leaf = leaf()
            .and_then(|params| params.signed_by(&key, &issuer))
            .map_err(io::Error::other)?;
        let spki = STANDARD.encode(Sha256::digest(key.subject_public_key_info()));

        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder
                    .with_no_client_auth()
                    .with_single_cert(vec![leaf.der().clone(), ca.der().clone()], private)
            })
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            ca_pem: ca.pem(),
            spki,
        })
    }
}

fn authority() -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    name(&mut params, "stripe-sandbox throw-away authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params.name_constraints = Some(NameConstraints {
        permitted_subtrees: HOSTS
            .iter()
            .map(|virtual_host| GeneralSubtree::DnsName(virtual_host.host.to_owned()))
            .collect(),
        excluded_subtrees: Vec::new(),
    });
    Ok(params)
}

fn leaf() -> Result<CertificateParams, rcgen::Error> {
    let names: Vec<String> = HOSTS
        .iter()
        .flat_map(|virtual_host| {
            let beneath = virtual_host
                .with_subdomains
                .then(|| format!("*.{}", virtual_host.host));
            std::iter::once(virtual_host.host.to_owned()).chain(beneath)
        })
        .collect();
    let mut params = CertificateParams::new(names)?;
    name(&mut params, "stripe-sandbox");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

fn name(params: &mut CertificateParams, text: &str) {
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::CommonName, text);
    let now = OffsetDateTime::now_utc();
    // It must be valid also for a client whose clock is behind.
    params.not_before = now - Duration::days(1);
    params.not_after = now + CERTIFICATE_LIFETIME;
}
