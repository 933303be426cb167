//! The views, in the browser only.
//!
//! `PageState` holds what the sections of the booking page share. Each section renders its own part and must never render another's.

mod account;
mod appointments;
mod bokamera;
mod document;
mod field;
mod header;
mod mikrocloud;
mod notice;
mod page;
mod page_state;
mod quilt;
mod services;
mod summary;
mod ticket_evolution;
mod times;
mod wallet;

use leptos::mount::mount_to;

use crate::language::Locale;

/// Mounts the page that the body's `data-page` names, or the booking page, in place of its static shell.
pub fn start() {
    console_error_panic_hook::set_once();
    let locale = Locale::parse(document::query("locale").as_deref());
    let page = document::page();
    if page.is_none() {
        document::set_language(locale.words().lang, locale.direction());
    }
    let Some(root) = document::take_shell() else {
        return;
    };
    match page.as_deref() {
        Some("bokamera") => {
            let props = bokamera::BokaMeraPageProps { locale };
            mount_to(root, move || bokamera::BokaMeraPage(props)).forget();
        }
        Some("mikrocloud") => {
            let props = mikrocloud::MikroCloudPageProps { locale };
            mount_to(root, move || mikrocloud::MikroCloudPage(props)).forget();
        }
        Some("quilt") => {
            let props = quilt::QuiltPageProps { locale };
            mount_to(root, move || quilt::QuiltPage(props)).forget();
        }
        Some("ticket-evolution") => {
            let props = ticket_evolution::TicketShopProps { locale };
            mount_to(root, move || ticket_evolution::TicketShop(props)).forget();
        }
        _ => mount_to(root, move || page::Page(page::PageProps { locale })).forget(),
    }
}
