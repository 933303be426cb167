//! The page on screen.
//!
//! The `Desk` holds everything the sections share; each section draws one part of it and none draws another's.

mod account;
mod appointments;
mod desk;
mod document;
mod field;
mod header;
mod notice;
mod page;
mod services;
mod summary;
mod times;
mod wallet;

use leptos::mount::mount_to;

use crate::language::Locale;

/// Draws the page in place of its shell.
pub fn start() {
    console_error_panic_hook::set_once();
    let locale = Locale::read(document::query("locale").as_deref());
    document::speak(locale.words().lang, locale.direction());
    if let Some(place) = document::take_shell() {
        mount_to(place, move || page::Page(page::PageProps { locale })).forget();
    }
}
