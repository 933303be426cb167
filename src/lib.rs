//! The frame: asks for the card.
//!
//! The life of one card, in module order:
//!
//! 1. [`config`]: the page's address and metas become a [`config::Config`], or a code that is shown;
//! 2. `mount`: the form takes the place of `index.html`'s shell; `page` draws the [`state::FormState`];
//! 3. `parent`: the parent_frame window is greeted, and told the height;
//! 4. [`stripe`], or `braintree` in the build for it, chosen in `provider`: the script is awaited, its fields mounted
//!    into `field`s, ours (`input`) beside them;
//! 5. `form`: what is typed, heard and pressed; `intent`: asked for as soon as everything is typed;
//! 6. `save`: payment method, confirmation, 3DS (`challenge`), the result;
//! 7. [`error`] and [`words`]: how it ended, in the person's language.
//!
//! Modules without a link live in the browser only; the others are pure and tested natively.

#[cfg(any(feature = "braintree", not(target_arch = "wasm32")))]
pub mod braintree;
pub mod config;
pub mod consent;
pub mod country;
pub mod error;
pub mod field;
pub mod form_visibility;
pub mod latest;
pub mod locale;
pub mod phase;
pub mod state;
pub mod stripe;

#[cfg(target_arch = "wasm32")]
mod appearance;
#[cfg(target_arch = "wasm32")]
mod boot;
#[cfg(target_arch = "wasm32")]
pub mod challenge;
#[cfg(target_arch = "wasm32")]
pub mod clock;
#[cfg(target_arch = "wasm32")]
mod content;
#[cfg(target_arch = "wasm32")]
pub mod form;
#[cfg(target_arch = "wasm32")]
mod input;
#[cfg(target_arch = "wasm32")]
mod intent;
#[cfg(target_arch = "wasm32")]
pub mod js;
#[cfg(target_arch = "wasm32")]
mod listener;
#[cfg(target_arch = "wasm32")]
mod mount;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
pub mod parent;
#[cfg(target_arch = "wasm32")]
mod provider;
#[cfg(target_arch = "wasm32")]
mod save;
#[cfg(target_arch = "wasm32")]
pub mod script;

#[cfg(target_arch = "wasm32")]
pub use boot::boot;
#[cfg(target_arch = "wasm32")]
pub use mount::{MountedForm, mount};
