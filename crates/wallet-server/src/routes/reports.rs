//! `POST /stripe_hosted_forms/card_entry_reports`: browsers report violations of the page's CSP.
//!
//! The log then shows a mistake in the policy to the operator. Anybody can post anything here: it must never log more than
//! a checked directive name and a checked origin, and it limits the number of lines.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use card_entry_protocol::origin::Origin;
use serde_json::Value;

use crate::app::App;
use crate::clock::MINUTE;

/// The maximum number of logged reports per minute.
const MAX_REPORTS_PER_MINUTE: u32 = 20;

/// The keywords that a report has in place of a blocked URL: <https://www.w3.org/TR/CSP3/#deprecated-serialize-violation>.
const BLOCKED_KEYWORDS: [&str; 6] = ["inline", "eval", "wasm-eval", "data", "blob", "self"];

pub(super) fn router() -> Router<App> {
    Router::new().route(crate::headers::CSP_REPORTS_PATH, post(receive))
}

async fn receive(State(app): State<App>, body: Bytes) -> StatusCode {
    let Ok(body) = serde_json::from_slice::<Value>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    // Either one report in the older format, or a list in the newer one.
    let reports = match &body {
        Value::Array(list) => list
            .iter()
            .filter_map(|report| report.get("body"))
            .collect(),
        one => one.get("csp-report").into_iter().collect::<Vec<_>>(),
    };
    for report in reports {
        if app
            .limiter
            .count_attempt("policy report", MAX_REPORTS_PER_MINUTE, MINUTE)
            .is_err()
        {
            return StatusCode::TOO_MANY_REQUESTS;
        }
        let (directive, blocked) = read(report);
        tracing::warn!(directive, blocked, "CSP violation reported by a browser");
    }
    StatusCode::NO_CONTENT
}

fn read(report: &Value) -> (&str, &str) {
    let text = |names: [&str; 2]| {
        names
            .iter()
            .find_map(|name| report.get(name)?.as_str())
            .unwrap_or("")
    };
    let directive = text(["effective-directive", "effectiveDirective"]);
    let known = (1..=40).contains(&directive.len())
        && directive
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b == b'-');
    let blocked = text(["blocked-uri", "blockedURL"]);
    let end = blocked
        .match_indices('/')
        .nth(2)
        .map_or(blocked.len(), |(at, _)| at);
    let origin = blocked
        .get(..end)
        .filter(|origin| Origin::parse(origin).is_some());
    let keyword = BLOCKED_KEYWORDS
        .iter()
        .copied()
        .find(|keyword| *keyword == blocked);
    (
        if known { directive } else { "?" },
        origin.or(keyword).unwrap_or("?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_a_directive_and_an_origin_are_read() {
        let older = json!({"effective-directive": "script-src-elem", "blocked-uri": "https://a.example/x?sk_test_1"});
        assert_eq!(read(&older), ("script-src-elem", "https://a.example"));
        let newer = json!({"effectiveDirective": "style-src", "blockedURL": "inline"});
        assert_eq!(read(&newer), ("style-src", "inline"));
        for odd in [
            json!(null),
            json!([]),
            json!({"blocked-uri": "sk_test_1", "effective-directive": "a b\n"}),
        ] {
            assert_eq!(read(&odd), ("?", "?"));
        }
    }
}
