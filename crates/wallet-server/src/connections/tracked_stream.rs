//! The socket of one connection, which records each read, write and flush in its [`ConnectionActivity`].
//!
//! Given to hyper in place of the socket. When the connection is to be closed, it reads what has arrived without waiting for
//! the runtime to report it: a new socket's first bytes are reported later than they arrive. It must never change what is
//! read or written.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::activity::ConnectionActivity;

#[derive(Debug)]
pub(super) struct TrackedStream {
    stream: TcpStream,
    activity: Arc<ConnectionActivity>,
}

impl TrackedStream {
    pub(super) fn new(stream: TcpStream, activity: Arc<ConnectionActivity>) -> Self {
        Self { stream, activity }
    }
}

impl AsyncRead for TrackedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = match Pin::new(&mut self.stream).poll_read(task, buffer) {
            Poll::Pending if self.activity.is_closing() => read_unreported(&self.stream, buffer),
            read => read,
        };
        let read = ready!(read);
        if buffer.filled().len() > before {
            self.activity.on_read();
        }
        Poll::Ready(read)
    }
}

impl AsyncWrite for TrackedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(task, bytes));
        self.activity.on_write();
        Poll::Ready(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write_vectored(task, slices));
        self.activity.on_write();
        Poll::Ready(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = ready!(Pin::new(&mut self.stream).poll_flush(task));
        self.activity.on_flush();
        Poll::Ready(flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(task)
    }
}

/// Reads from the socket itself. Without bytes it is `Pending`, and the task is woken as after the runtime's own read.
#[cfg(unix)]
fn read_unreported(stream: &TcpStream, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
    use std::io::{ErrorKind, Read};
    use std::os::fd::AsFd;

    // A copy of the descriptor is of the same socket, which does not block. Without a free descriptor, nothing is read.
    let Ok(copy) = stream.as_fd().try_clone_to_owned() else {
        return Poll::Pending;
    };
    match std::net::TcpStream::from(copy).read(buffer.initialize_unfilled()) {
        Ok(length) => {
            buffer.advance(length);
            Poll::Ready(Ok(()))
        }
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
            Poll::Pending
        }
        Err(error) => Poll::Ready(Err(error)),
    }
}

#[cfg(not(unix))]
fn read_unreported(_: &TcpStream, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
    Poll::Pending
}
