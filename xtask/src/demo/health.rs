//! Whether a program answers: `GET /healthz`, and what it answers to one `POST`, by hand, because two requests are not
//! worth a client.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A program on this computer that takes longer is not well.
const LIMIT: Duration = Duration::from_secs(2);

/// Whether the program at `address` says that it is well.
pub fn answers(address: &str) -> bool {
    ask(address).is_some_and(|status| status == *b"200")
}

/// Sends a request in one piece: a server that answers the first of several may close on the rest.
fn send(address: &str, request: &str) -> Option<TcpStream> {
    let socket: SocketAddr = address.parse().ok()?;
    let mut stream = TcpStream::connect_timeout(&socket, LIMIT).ok()?;
    stream.set_read_timeout(Some(LIMIT)).ok()?;
    stream.set_write_timeout(Some(LIMIT)).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    Some(stream)
}

/// The body of a successful answer to JSON.
pub fn post(address: &str, path: &str, json: &str) -> Option<String> {
    let length = json.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n"
    );
    let mut answer = String::new();
    let mut stream = send(address, &format!("{head}{json}"))?;
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    head.starts_with("HTTP/1.1 200").then(|| body.to_owned())
}

fn ask(address: &str) -> Option<[u8; 3]> {
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut stream = send(address, &request)?;
    let mut start = [0_u8; 12];
    stream.read_exact(&mut start).ok()?;
    let (version, status) = start.split_at(9);
    (version.starts_with(b"HTTP/1.")).then_some(status.try_into().ok()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::net::TcpListener;

    fn served(answer: &'static str) -> bool {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 512]);
            let _ = stream.write_all(answer.as_bytes());
        });
        let well = answers(&address);
        server.join().unwrap();
        well
    }

    #[test]
    fn only_a_200_is_well() {
        assert!(served("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"));
        assert!(!served("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
        assert!(!served("SSH-2.0-OpenSSH_9"));
        assert!(!served(""));
    }

    #[test]
    fn nobody_there_is_not_well() {
        assert!(!answers("127.0.0.1:1"));
        assert!(!answers("nonsense"));
    }
}
