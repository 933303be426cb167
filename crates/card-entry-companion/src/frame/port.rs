//! One end of a message channel, closed when dropped.
//!
//! Called by [`super::connection`] only.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort};

/// A port that receives messages until it is dropped.
pub(super) struct Port {
    port: MessagePort,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Port {
    pub(super) fn listen(port: MessagePort, on_message: impl Fn(&MessageEvent) + 'static) -> Self {
        let on_message = Closure::new(move |event: MessageEvent| on_message(&event));
        port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Self {
            port,
            _on_message: on_message,
        }
    }

    pub(super) fn send(&self, value: &JsValue) {
        // A value built from our own types can always be cloned.
        let _ = self.port.post_message(value);
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        self.port.close();
    }
}
