//! The mark of a card brand, beside the name of the card, which contains the brand as text.
//!
//! Used by [`super::row`]. It must never load an image: the marks are simple shapes.

use card_entry_protocol::card::Brand;
use leptos::prelude::*;

/// A mark of letters: the letters, their color and their background.
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

/// The mark of a brand, 48 x 32.
pub(super) fn brand_mark(brand: &Brand) -> impl IntoView + use<> {
    // The view macro writes an element whose attributes are all literals as an HTML string, which a page that enforces
    // Trusted Types rejects (w3c.github.io/trusted-types). So one attribute of each shape is a value.
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
        <svg class="ce-brand-mark" viewBox="0 0 48 32" width="48" height="32" aria-hidden="true">
            {drawing}
        </svg>
    }
}
