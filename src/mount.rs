//! Brings the static page to life, and lets it rest again.
//!
//! Called by `main` for the page and by the browser tests for each of theirs.

use web_sys::{HtmlElement, Window};

use crate::config::{Broken, Config};
use crate::form::Form;
use crate::parent::Embedding;
use crate::words::Locale;

/// A living form. Dropping it leaves no listener, no observer, no timer and nothing of Stripe's; the page stays.
#[must_use = "dropping it takes the form down"]
pub struct Mounted(Form);

impl Mounted {
    /// The form.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.0
    }

    /// Leaves the form alive for as long as the page lives.
    pub fn forget(self) {
        core::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Brings the page in `host` to life, embedded in `parent`. `language` is the browser's, for an address that names none.
pub fn mount(
    host: &HtmlElement,
    config: Result<Config, Broken>,
    parent: Window,
    language: &str,
) -> Mounted {
    let tag = match &config {
        Ok(config) => config.query.locale.as_deref(),
        Err(_) => None,
    };
    let locale = Locale::choose(tag.unwrap_or(language));
    let (origins, channel, notify_height) = match &config {
        Ok(config) => (&config.parents, &config.channel, config.query.notify_height),
        Err(broken) => (&broken.parents, &broken.channel, false),
    };
    let embedding = (!origins.is_empty()).then(|| Embedding {
        window: parent,
        origins: origins.clone(),
        channel: channel.clone(),
        notify_height,
    });
    let (config, broken) = match config {
        Ok(config) => (Some(config), None),
        Err(broken) => (None, Some(broken.code)),
    };
    let form = Form::new(config, locale, host.clone());
    form.start(embedding, broken);
    Mounted(form)
}
