//! Mounts the form into an element, and takes it out again.
//!
//! Called by `main` for the page and by the browser tests for each of theirs.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use web_sys::{HtmlElement, Window};

use crate::config::{Broken, Config};
use crate::form::Form;
use crate::page::CardEntry;
use crate::parent::Embedding;
use crate::words::Locale;

/// A mounted form. Dropping it leaves no node, no listener, no observer and no timer.
#[must_use = "dropping it takes the form off the page"]
pub struct Mounted {
    form: Form,
    view: Option<UnmountHandle<AnyViewState>>,
}

impl Mounted {
    /// The form.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// Leaves the form on the page for as long as the page lives.
    pub fn forget(mut self) {
        if let Some(view) = self.view.take() {
            view.forget();
        }
        core::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.form.close();
        self.view.take();
    }
}

/// Mounts the form into `host`, embedded in `parent`. `language` is the browser's, for an address that names none.
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
    let made = std::rc::Rc::new(std::cell::Cell::new(None));
    let give = made.clone();
    let inside = host.clone();
    let view = mount_to(host.clone(), move || {
        let form = Form::new(config, locale, inside);
        give.set(Some(form));
        view! { <CardEntry form/> }.into_any()
    });
    // The closure above has run: mount_to builds the view before it returns.
    let form = made.take().unwrap_or_else(|| unreachable!());
    form.start(embedding, broken);
    Mounted {
        form,
        view: Some(view),
    }
}
