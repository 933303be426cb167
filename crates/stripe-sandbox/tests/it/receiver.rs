//! A webhook receiver for tests: records each request, responds with the statuses of the test, and checks signatures
//! with its own code.

use hmac::{Hmac, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

#[derive(Debug)]
pub struct ReceivedWebhook {
    pub signature: String,
    pub body: Vec<u8>,
}

impl ReceivedWebhook {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn part(&self, scheme: &str) -> Vec<&str> {
        self.signature
            .split(',')
            .filter_map(|part| part.strip_prefix(scheme)?.strip_prefix('='))
            .collect()
    }

    /// The age of the signature in seconds.
    pub fn age(&self) -> u64 {
        let moment: u64 = self.part("t")[0].parse().unwrap();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        now.as_secs() - moment
    }
}

/// Whether any `v1` is the HMAC with `secret`.
pub fn signed_by(got: &ReceivedWebhook, secret: &str) -> bool {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(got.part("t")[0].as_bytes());
    mac.update(b".");
    mac.update(&got.body);
    let ours: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    got.part("v1").contains(&ours.as_str())
}

pub struct Receiver {
    port: u16,
    got: Mutex<UnboundedReceiver<ReceivedWebhook>>,
}

impl Receiver {
    /// Responds with these statuses, one after the other, and then with 200.
    pub async fn start(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, got) = unbounded_channel();
        let statuses = statuses.to_vec();
        tokio::spawn(async move {
            let mut statuses = statuses.into_iter();
            while let Ok((stream, _)) = listener.accept().await {
                let status = statuses.next().unwrap_or(200);
                if sender.send(take(stream, status).await).is_err() {
                    break;
                }
            }
        });
        Self {
            port,
            got: Mutex::new(got),
        }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    pub async fn next(&self) -> ReceivedWebhook {
        let mut got = self.got.lock().await;
        tokio::time::timeout(Duration::from_secs(10), got.recv())
            .await
            .expect("a webhook within ten seconds")
            .unwrap()
    }

    /// Checks that no request arrives within 300 ms.
    pub async fn expect_nothing(&self) {
        let mut got = self.got.lock().await;
        let came = tokio::time::timeout(Duration::from_millis(300), got.recv()).await;
        assert!(came.is_err(), "{came:?}");
    }
}

async fn take(mut stream: TcpStream, status: u16) -> ReceivedWebhook {
    let mut bytes = Vec::new();
    let (head, body) = loop {
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk).await.unwrap();
        assert!(count > 0, "a whole request");
        bytes.extend_from_slice(&chunk[..count]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let length: usize = header(&head, "content-length").parse().unwrap();
        if bytes.len() == end + 4 + length {
            break (head, bytes[end + 4..].to_vec());
        }
    };
    let answer = format!(
        "HTTP/1.1 {status} X\r\nlocation: /elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(answer.as_bytes()).await.unwrap();
    ReceivedWebhook {
        signature: header(&head, "stripe-signature"),
        body,
    }
}

fn header(head: &str, name: &str) -> String {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}
