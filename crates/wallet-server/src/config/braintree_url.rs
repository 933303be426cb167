//! The settings `braintree_url` and `braintree_dist`: the API of Braintree, and the page with its fields.
//!
//! Called by the check of the configuration. It must never accept a URL that a private key would reach unencrypted.

use std::path::{Path, PathBuf};

use super::error::invalid;
use super::{ConfigError, csp_source, origin};

/// The default folder of the frame for Braintree: that of `dist`, with `-braintree` after it.
pub(super) fn default_braintree_dist(dist: &Path) -> PathBuf {
    let mut path = dist.as_os_str().to_owned();
    path.push("-braintree");
    path.into()
}

pub(super) fn braintree_url(given: Option<String>) -> Result<String, ConfigError> {
    let usual = "https://payments.braintree-api.com/graphql";
    let url = csp_source::script_url("braintree_url", given, usual)?;
    if origin::is_confidential(&url) {
        Ok(url)
    } else {
        Err(invalid(
            "braintree_url",
            "private keys would travel in clear; use https",
        ))
    }
}
