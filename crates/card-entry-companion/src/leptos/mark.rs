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
pub(super) fn mark(brand: &Brand) -> impl IntoView + use<> {
    let drawing = match (brand, letters(brand)) {
        (Brand::Mastercard, _) => view! {
            <rect width="48" height="32" rx="5" fill="#fff"></rect>
            <circle cx="19" cy="16" r="9" fill="#eb001b"></circle>
            <circle cx="29" cy="16" r="9" fill="#f79e1b"></circle>
            <path d="M24 8.5a9 9 0 0 1 0 15a9 9 0 0 1 0-15z" fill="#ff5f00"></path>
        }
        .into_any(),
        (_, Some((text, ink, paper))) => view! {
            <rect width="48" height="32" rx="5" fill=paper></rect>
            <text
                x="24"
                y="21"
                text-anchor="middle"
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
            <rect width="48" height="32" rx="5" fill="#5b6472"></rect>
            <rect y="7" width="48" height="6" fill="#323a45"></rect>
            <rect x="6" y="19" width="12" height="3" rx="1.5" fill="#c5ccd6"></rect>
        }
        .into_any(),
    };
    view! {
        <svg class="ce-mark" viewBox="0 0 48 32" width="48" height="32" aria-hidden="true">
            {drawing}
        </svg>
    }
}
