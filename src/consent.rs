//! Records when the consent text was shown and when its box was ticked: the proof of consent in a result.
//!
//! Part of the [`crate::state::FormState`]; the form passes the time in. It must never prove a text other than the one
//! on screen, nor a tick beside another text.

use card_entry_protocol::message::{ConsentLocale, ConsentProof, ConsentText, UtcTimestamp};

/// The consent text on screen, and when its box was ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsentRecord(Option<ConsentProof>);

impl ConsentRecord {
    /// Sets the text that is shown from now on; an empty text is none. Returns whether it replaced another text, whose
    /// tick is void.
    pub fn set_text(&mut self, text: &str, locale: &str, now: &str) -> bool {
        let before = self.0.as_ref().map(|proof| proof.text.as_str());
        if before.unwrap_or_default() == text {
            return false;
        }
        let replaced = before.is_some();
        self.0 = new_proof(text, locale, now);
        replaced
    }

    /// Records that the box was ticked or unticked.
    pub fn set_ticked(&mut self, ticked: bool, now: &str) {
        if let Some(proof) = &mut self.0 {
            proof.accepted_at = if ticked {
                UtcTimestamp::parse(now)
            } else {
                None
            };
        }
    }

    /// The proof: of the tick where a box is required, otherwise of the shown text.
    #[must_use]
    pub fn proof(&self, required: bool) -> Option<ConsentProof> {
        let proof = self.0.as_ref()?;
        if required {
            proof.accepted_at.is_some().then(|| proof.clone())
        } else {
            let accepted_at = None;
            Some(ConsentProof {
                accepted_at,
                ..proof.clone()
            })
        }
    }
}

/// A proof without a tick; `None` when a value is not valid.
fn new_proof(text: &str, locale: &str, now: &str) -> Option<ConsentProof> {
    Some(ConsentProof {
        text: ConsentText::parse(text)?,
        locale: ConsentLocale::parse(locale)?,
        shown_at: UtcTimestamp::parse(now)?,
        accepted_at: None,
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const FIRST: &str = "2026-11-29T14:00:00.000Z";
    const SECOND: &str = "2026-11-29T14:00:05.000Z";
    const THIRD: &str = "2026-11-29T14:00:09.000Z";

    #[test]
    fn a_tick_proves_the_text_beside_the_box() {
        let mut record = ConsentRecord::default();
        assert_eq!(record.proof(true), None);
        assert!(!record.set_text("Keep it?", "en", FIRST));
        assert!(
            !record.set_text("Keep it?", "fr", SECOND),
            "the text has not changed"
        );
        assert_eq!(record.proof(true), None, "not ticked");
        record.set_ticked(true, THIRD);
        let proof = record.proof(true).unwrap();
        assert_eq!(
            (proof.text.as_str(), proof.locale.as_str()),
            ("Keep it?", "en")
        );
        assert_eq!(proof.shown_at.as_str(), FIRST);
        assert_eq!(proof.accepted_at.unwrap().as_str(), THIRD);
        record.set_ticked(false, THIRD);
        assert_eq!(record.proof(true), None);
    }

    #[test]
    fn a_tick_does_not_count_for_another_text() {
        let mut record = ConsentRecord::default();
        record.set_text("Keep it?", "en", FIRST);
        record.set_ticked(true, FIRST);
        assert!(record.set_text("Keep it and charge it?", "en", SECOND));
        assert_eq!(record.proof(true), None);
        assert!(record.set_text("", "en", SECOND));
        assert_eq!((record.proof(true), record.proof(false)), (None, None));
        record.set_ticked(true, SECOND);
        assert_eq!(record.proof(false), None, "there is no text");
    }

    #[test]
    fn without_a_box_the_shown_text_is_proved() {
        let mut record = ConsentRecord::default();
        record.set_text("By saving you agree.", "de", FIRST);
        let proof = record.proof(false).unwrap();
        assert_eq!((proof.shown_at.as_str(), proof.accepted_at), (FIRST, None));
    }
}
