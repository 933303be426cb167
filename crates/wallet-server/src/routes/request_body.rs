//! Reads a request body whole, into memory that is zeroed when it is dropped: the body can contain a card number.
//!
//! Called before a request runs. The buffers of the connection itself are not zeroed. It must never leave a second copy of
//! the body.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, Bytes};
use http_body::Body as _;
use zeroize::{Zeroize, Zeroizing};

use crate::error::ApiError;

/// Reads a body of at most `max_bytes`.
///
/// # Errors
/// 413 when it is larger; 400 when it did not arrive whole.
pub(super) async fn read(mut body: Body, max_bytes: usize) -> Result<Bytes, ApiError> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    // The whole capacity is allocated at once, because a vector that grows leaves a copy behind.
    let announced = body
        .size_hint()
        .exact()
        .and_then(|n| usize::try_from(n).ok());
    let room = announced.unwrap_or(max_bytes);
    if room > max_bytes {
        return Err(ApiError::BodyTooLarge);
    }
    let mut whole = Zeroizing::new(Vec::with_capacity(room));
    while let Some(frame) = poll_fn(|task| Pin::new(&mut body).poll_frame(task)).await {
        let frame = frame.map_err(|_| {
            ApiError::BadRequest("The request didn’t arrive whole. Please try again.")
        })?;
        let Ok(piece) = frame.into_data() else {
            continue;
        };
        if whole.len() + piece.len() > room {
            return Err(ApiError::BodyTooLarge);
        }
        whole.extend_from_slice(&piece);
        if let Ok(mut piece) = piece.try_into_mut() {
            piece.zeroize();
        }
    }
    Ok(Bytes::from_owner(whole))
}
