//! Mounts the form in the place of the static shell, and unmounts it.
//!
//! Called by `main` for the page, and by each browser test.

use core::any::Any;

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use web_sys::{HtmlElement, Window};

use crate::config::{Config, ConfigFailure};
use crate::form::Form;
use crate::locale::Locale;
use crate::page::CardEntry;
use crate::parent::ParentFrame;

/// A mounted form. Dropping it removes every node, listener, observer, timer and provider field.
#[must_use = "dropping it takes the form off the page"]
pub struct MountedForm {
    form: Form,
    /// Keeps the view mounted; its type does not matter.
    _view: Box<dyn Any>,
}

impl MountedForm {
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.form
    }
}

impl Drop for MountedForm {
    fn drop(&mut self) {
        self.form.close();
    }
}

/// The locale of the address, or the browser's.
pub(crate) fn choose_locale(config: &Result<Config, ConfigFailure>, language: &str) -> Locale {
    let tag = match config {
        Ok(config) => config.query.locale.as_deref(),
        Err(_) => None,
    };
    Locale::choose(tag.unwrap_or(language))
}

/// Mounts the form into `host`, embedded in `parent`. `language` is the browser's; it applies when the address has no
/// locale.
pub fn mount(
    host: &HtmlElement,
    config: Result<Config, ConfigFailure>,
    parent: Window,
    language: &str,
) -> MountedForm {
    let locale = choose_locale(&config, language);
    let (form, view) = mount_form(host, config, parent, locale);
    MountedForm {
        form,
        _view: Box::new(view),
    }
}

/// Mounts the form for the lifetime of the page. Separate from [`mount`], so that the page does not contain the code
/// for unmounting.
pub(crate) fn mount_forever(
    host: &HtmlElement,
    config: Result<Config, ConfigFailure>,
    parent: Window,
    locale: Locale,
) {
    core::mem::forget(mount_form(host, config, parent, locale));
}

fn mount_form(
    host: &HtmlElement,
    config: Result<Config, ConfigFailure>,
    parent: Window,
    locale: Locale,
) -> (Form, UnmountHandle<impl Mountable + use<>>) {
    let (origins, channel, notify_height) = match &config {
        Ok(config) => (&config.parents, &config.channel, config.query.notify_height),
        Err(failure) => (&failure.parents, &failure.channel, false),
    };
    let parent_frame = (!origins.is_empty()).then(|| ParentFrame {
        window: parent,
        origins: origins.clone(),
        channel: channel.clone(),
        notify_height,
    });
    let (config, failure) = match config {
        Ok(config) => (Some(config), None),
        Err(failure) => (None, Some(failure.code)),
    };
    let form = Form::new(config, locale, host.clone());
    let view_form = form.clone();
    let view = mount_to(host.clone(), move || view! { <CardEntry form=view_form/> });
    // In the same task, so that the screen never shows two forms or none. The view is as tall as the shell.
    if let Ok(Some(shell)) = host.query_selector("main[data-shell]") {
        shell.remove();
    }
    form.start(parent_frame, failure);
    (form, view)
}
