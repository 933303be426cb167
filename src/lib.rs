//! The frame: the page inside the iframe, which collects one card.
//!
//! The steps of one card, in module order:
//!
//! 1. [`config`]: reads the page's address and metas into a [`config::Config`], or into an error code that is shown;
//! 2. `mount`: replaces the static shell of `index.html` with the form; `page` draws the [`state::FormState`];
//! 3. `parent`: starts the handshake with the embedding window and sends it the height;
//! 4. [`stripe`], or `braintree` in the build for it, selected in `provider`: waits for the script and mounts the
//!    provider's fields into `field`s; `input` draws the form's own fields;
//! 5. `form`: handles typing, parent messages and Save; `intent`: requests an intent as soon as the form is complete;
//! 6. `save`: creates the payment method, confirms the intent, waits for 3DS (`challenge`) and sends the result;
//! 7. [`error`] and [`locale`]: turn the outcome into text in the person's language.
//!
//! Modules without a link exist in the browser only. The others are pure and tested natively.

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
