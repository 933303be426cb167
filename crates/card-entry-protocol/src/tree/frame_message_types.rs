//! Reads the frame's messages from trees: those on the port, and the window messages of legacy mode.
//!
//! The companion calls it. A message must never be read partly: one invalid member refuses the whole message.

use super::{FromTree, Tree};
use crate::message::{FromFrame, LegacyMessage};

impl FromFrame {
    /// Reads the body of a message of this `type`; `Some(None)` for a type that this version does not know, `None` when the
    /// body of a known type is invalid.
    #[must_use]
    pub fn from_tree(kind: &str, body: &Tree) -> Option<Option<Self>> {
        Some(Some(match kind {
            "ready" => Self::Ready(FromTree::from_tree(body)?),
            "height" => Self::Height(FromTree::from_tree(body)?),
            "change" => Self::Change(FromTree::from_tree(body)?),
            "focus" => Self::Focus(FromTree::from_tree(body)?),
            "blur" => Self::Blur(FromTree::from_tree(body)?),
            "escape" => Self::Escape(FromTree::from_tree(body)?),
            "intent_request" => Self::IntentRequest(FromTree::from_tree(body)?),
            "challenge" => Self::Challenge(FromTree::from_tree(body)?),
            "result" => Self::Result(FromTree::from_tree(body)?),
            "failure" => Self::Failure(FromTree::from_tree(body)?),
            "unusable" => Self::Unusable(FromTree::from_tree(body)?),
            "log" => Self::Log(FromTree::from_tree(body)?),
            "not_submitted" => Self::NotSubmitted(FromTree::from_tree(body)?),
            "networks_change" => Self::NetworksChange(FromTree::from_tree(body)?),
            "needs_view" => Self::NeedsView(FromTree::from_tree(body)?),
            _ => return Some(None),
        }))
    }
}

/// Reads a boolean that may be absent; `None` when the value is not a boolean.
fn flag(tree: &Tree, key: &str) -> Option<bool> {
    match tree.get(key) {
        Tree::Flag(flag) => Some(*flag),
        Tree::Null => Some(false),
        _ => None,
    }
}

impl FromTree for LegacyMessage {
    fn from_tree(tree: &Tree) -> Option<Self> {
        let (callback, height) = (
            flag(tree, "isStripeCallback")?,
            flag(tree, "isStripeFormHeight")?,
        );
        let ready = flag(tree, "isStripeFormReady")?;
        match (callback, tree.read("error")?, tree.read("card")?) {
            (true, Some(error), None) => Some(Self::Failed(error)),
            (true, None, Some(card)) => Some(Self::Saved {
                id: tree.read("id")?,
                card,
                setup: tree.read("setup")?,
            }),
            (true, ..) => None,
            _ if height => tree.read("height").map(Self::Height),
            _ if ready => Some(Self::Ready),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::ToTree;
    use crate::tree::tests::tree;
    use serde_json::{Value, json};

    #[test]
    fn reads_every_hostile_row_as_serde_does() {
        let rows: Vec<Value> =
            serde_json::from_str(include_str!("../../hostile/legacy.json")).unwrap();
        for row in rows {
            let read = LegacyMessage::from_tree(&tree(&row["data"]));
            let by_serde = serde_json::from_value(row["data"].clone()).ok();
            assert_eq!(read, by_serde, "{}", row["name"]);
            assert_eq!(
                read.is_some(),
                row["outcome"] == "ACCEPT",
                "{}",
                row["name"]
            );
        }
    }

    #[test]
    fn reads_every_message_as_serde_does() {
        let rows = [
            json!({"type": "ready"}),
            json!({"type": "height", "height": 412}),
            json!({"type": "height", "height": -1}),
            json!({"type": "height", "height": 1.5}),
            json!({"type": "change", "complete": true, "empty": false, "brand": "visa"}),
            json!({"type": "change", "complete": 1, "empty": false}),
            json!({"type": "focus", "field": "postal_code"}),
            json!({"type": "blur", "field": "<b>"}),
            json!({"type": "escape", "field": "number"}),
            json!({"type": "intent_request", "attempt": 3}),
            json!({"type": "challenge", "open": "yes"}),
            json!({"type": "challenge", "open": false}),
            json!({"type": "result", "attempt": 1}),
            json!({"type": "failure", "attempt": 1, "error": {"type": "a", "code": "b", "message": "c", "param": "d"}, "retryable": true}),
            json!({"type": "unusable", "code": "bad_key", "message": "No."}),
            json!({"type": "unusable", "code": "bad", "message": "No."}),
            json!({"type": "log", "event": "script_retried", "detail": "timeout"}),
            json!({"type": "not_submitted", "reason": "incomplete", "field": "cvc"}),
            json!({"type": "not_submitted", "reason": "busy"}),
            json!({"type": "not_submitted", "reason": "whim"}),
            json!({"type": "not_submitted", "reason": "incomplete", "field": "<b>"}),
            json!({"type": "networks_change", "networks": ["visa", "cartes_bancaires"]}),
            json!({"type": "networks_change", "networks": []}),
            json!({"type": "networks_change", "networks": ["<b>"]}),
            json!({"type": "networks_change"}),
            json!({"type": "needs_view", "focus": true}),
            json!({"type": "needs_view", "focus": "yes"}),
            json!({"type": "needs_view"}),
            json!({"type": "later"}),
        ];
        for row in rows {
            let kind = row["type"].as_str().unwrap();
            let read = FromFrame::from_tree(kind, &tree(&row));
            assert_eq!(read, FromFrame::read(kind, &row).ok(), "{row}");
            if let Some(Some(message)) = read {
                let again = FromFrame::from_tree(kind, &message.to_tree());
                assert_eq!(again, Some(Some(message)), "{row}");
            }
        }
    }
}
