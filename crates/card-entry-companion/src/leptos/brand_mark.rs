//! A brand's mark, drawn small beside the card's name, which says it in words as well.
//!
//! Used by [`super::row`]. Plain shapes of our own: no image is fetched from anywhere.

use card_entry_protocol::card::Brand;
use leptos::prelude::*;

/// A letter mark: its letters, colour and background.
fn letters(brand: &Brand) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match brand {
        Brand::Visa => ("VISA", "#1434cb", "#fff"),
        Brand::Amex => ("AMEX", "#fff", "#016fd0"),
        Brand::Discover => ("DISC", "#e55c20", "#fff"),
        Brand::Jcb => ("JCB", "#0b4ea2", "#fff"),
        Brand::Diners => ("DC", "#fff", "#0079be"),
        Brand::Unionpay => ("UP", "#fff", "#00447c"),
        Brand::EftposAu => ("eftpos", "#fff", "#5d2e8c"),
        Brand::CartesBancaires => ("CB", "#fff", "#1a5a3c"),
        Brand::Interac => ("INT", "#1f1f1f", "#ffb600"),
        Brand::Mastercard | Brand::Unknown | Brand::Other(_) => return None,
    })
}

/// The mark of a brand.
pub(super) fn brand_mark(brand: &Brand) -> impl IntoView + use<> {
    // A shape whose attributes are all literals is written as HTML by the view macro, which a page's Trusted Types
    // refuse (w3c.github.io/trusted-types): one attribute of each is a value.
    let (white, red) = ("#fff", "#eb001b");
    let (orange, mixed) = ("#f79e1b", "#ff5f00");
    let (grey, dark, light) = ("#5b6472", "#323a45", "#c5ccd6");
    let drawing = match (brand, letters(brand)) {
        (Brand::Mastercard, _) => view! {
            <rect width="48" height="32" rx="5" fill=white></rect>
            <circle cx="19" cy="16" r="9" fill=red></circle>
            <circle cx="29" cy="16" r="9" fill=orange></circle>
            <path d="M24 8.5a9 9 0 0 1 0 15a9 9 0 0 1 0-15z" fill=mixed></path>
        }
        .into_any(),
        (_, Some((text, ink, paper))) => view! {
            <rect width="48" height="32" rx="5" fill=paper></rect>
            <text
                x="24"
                y="21"
                text-anchor="list_area"
                font-family="system-ui, sans-serif"
                font-weight="800"
                font-size={if text.len() > 4 { "11" } else { "14" }}
                font-style={if *brand == Brand::Visa { "italic" } else { "normal" }}
                fill=ink
            >
                {text}
            </text>
        }
        .into_any(),
        _ => view! {
            <rect width="48" height="32" rx="5" fill=grey></rect>
            <rect y="7" width="48" height="6" fill=dark></rect>
            <rect x="6" y="19" width="12" height="3" rx="1.5" fill=light></rect>
        }
        .into_any(),
    };
    view! {
        <svg class="ce-mark" viewBox="0 0 48 32" width="48" height="32" aria-hidden="true">
            {drawing}
        </svg>
    }
}
