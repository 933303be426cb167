//! Messages as JavaScript values: the handshake, what is said to the frame.
//!
//! Called by [`super`]; the types are the protocol's, this only moves them across.

use card_entry_protocol::channel::Channel;
use card_entry_protocol::message::{Failure, IntentAnswer, ToFrame, VERSION};
use wasm_bindgen::JsValue;

use crate::js::{items, object, put, text};
use crate::settings::HostSettings;

/// `{v, type}`, to which a body is added.
fn message(kind: &str) -> JsValue {
    let value = object();
    put(&value, "v", VERSION);
    put(&value, "type", kind);
    value
}

/// `{v, type, …body}`.
pub(super) fn write(said: &ToFrame) -> JsValue {
    let value = message(said.kind());
    match said {
        ToFrame::Intent(body) => {
            put(&value, "attempt", body.attempt.0);
            match &body.answer {
                IntentAnswer::Secret(secret, account) => {
                    put(&value, "client_secret", secret.as_str());
                    if let Some(account) = account {
                        put(&value, "stripe_account", account.as_str());
                    }
                }
                IntentAnswer::None => put(&value, "none", true),
                IntentAnswer::Error(error) => put(&value, "error", failure(error)),
            }
        }
        ToFrame::Saved(body) => put(&value, "attempt", body.attempt.0),
        ToFrame::NotSaved(body) => {
            put(&value, "attempt", body.attempt.0);
            put(&value, "code", body.code.as_str());
            put(&value, "message", body.message.as_str());
            put(&value, "retryable", body.retryable);
        }
        // Settings travel as `update` below writes them.
        ToFrame::Update(_) | ToFrame::Submit(_) | ToFrame::Reset(_) | ToFrame::Focus(_) => {}
    }
    value
}

/// New settings, the whole of them.
pub(super) fn update(settings: &HostSettings) -> JsValue {
    let value = message("update");
    put(&value, "settings", settings.as_value());
    value
}

/// The init for this channel.
pub(super) fn init(channel: &Channel, settings: &HostSettings) -> JsValue {
    let value = object();
    put(&value, "cardEntry", "init");
    put(&value, "version", VERSION);
    put(&value, "channel", channel.as_str());
    put(&value, "settings", settings.as_value());
    value
}

/// The channel of a hello that speaks our version.
pub(super) fn hello(value: &JsValue) -> Option<Channel> {
    let ours = |version: JsValue| version.as_f64() == Some(f64::from(VERSION));
    let speaks_ours = items(value, "versions")?.iter().any(ours);
    let is_hello = text(value, "cardEntry")? == "hello";
    Channel::parse(&text(value, "channel")?).filter(|_| is_hello && speaks_ours)
}

/// A failure, for the frame and for the page's event.
pub(crate) fn failure(error: &Failure) -> JsValue {
    let value = object();
    put(&value, "type", error.kind.as_str());
    put(&value, "code", error.code.as_str());
    put(&value, "message", error.message.as_str());
    for (name, text) in [
        ("decline_code", &error.decline_code),
        ("param", &error.param),
    ] {
        if let Some(text) = text {
            put(&value, name, text.as_str());
        }
    }
    value
}
