//! Converts a browser's `ReadableStream` to a Rust stream, and back.
//!
//! Leptos links it for its server functions. The registry's crate of this name exports classes to JavaScript, and a
//! Wasm module keeps everything it exports: 5 kB of the frame, which uses no streams. Here the browser's callbacks are
//! created together with a stream, so that a module without streams contains none of it. It must never buffer a chunk
//! that was not requested.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use futures_util::stream::{self, Stream, StreamExt};
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{QueuingStrategy, ReadableStreamDefaultController, ReadableStreamDefaultReader};

/// The Rust stream behind a browser's stream; `None` while a chunk is read, and after the end.
type ChunkSource = Rc<RefCell<Option<Pin<Box<dyn Stream<Item = Result<JsValue, JsValue>>>>>>>;

/// A `ReadableStream` of the browser.
#[derive(Debug, Clone)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Makes a browser stream from a Rust stream. It reads one chunk at a time; cancelling it drops the Rust stream.
    pub fn from_stream(stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        let source: ChunkSource = Rc::new(RefCell::new(Some(Box::pin(stream))));
        let pulled = source.clone();
        let pull = Closure::<dyn FnMut(ReadableStreamDefaultController) -> Promise>::new(
            move |controller| future_to_promise(pull(pulled.clone(), controller)),
        );
        let cancel = Closure::<dyn FnMut()>::new(move || drop(source.borrow_mut().take()));
        let callbacks = Object::new();
        // Setting a key of a new object cannot fail.
        let _ = Reflect::set(&callbacks, &"pull".into(), &pull.into_js_value());
        let _ = Reflect::set(&callbacks, &"cancel".into(), &cancel.into_js_value());
        let strategy = QueuingStrategy::new();
        strategy.set_high_water_mark(0.0);
        let stream =
            web_sys::ReadableStream::new_with_underlying_source_and_strategy(&callbacks, &strategy);
        Self(stream.unwrap_throw())
    }

    /// Reads the browser's stream until its end or its first error. No other reader may use it.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> + 'static {
        let reader: ReadableStreamDefaultReader = self.0.get_reader().unchecked_into();
        stream::unfold(Some(reader), |reader| async move {
            let reader = reader?;
            let read = JsFuture::from(reader.read()).await;
            match read.and_then(|read| chunk(&read)) {
                Ok(Some(value)) => Some((Ok(value), Some(reader))),
                Ok(None) => None,
                Err(thrown) => Some((Err(thrown), None)),
            }
        })
    }
}

/// The value of a reader's result; `None` at the end.
fn chunk(read: &JsValue) -> Result<Option<JsValue>, JsValue> {
    let done = Reflect::get(read, &"done".into())?.is_truthy();
    let value = Reflect::get(read, &"value".into())?;
    Ok((!done).then_some(value))
}

async fn pull(
    source: ChunkSource,
    controller: ReadableStreamDefaultController,
) -> Result<JsValue, JsValue> {
    let taken = source.borrow_mut().take();
    let Some(mut stream) = taken else {
        return Ok(JsValue::UNDEFINED);
    };
    match stream.next().await {
        Some(Ok(chunk)) => {
            controller.enqueue_with_chunk(&chunk)?;
            *source.borrow_mut() = Some(stream);
        }
        Some(Err(error)) => controller.error_with_e(&error),
        None => controller.close()?,
    }
    Ok(JsValue::UNDEFINED)
}
