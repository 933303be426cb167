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

    const ONE: &str = "2026-11-29T14:00:00.000Z";
    const TWO: &str = "2026-11-29T14:00:05.000Z";
    const THREE: &str = "2026-11-29T14:00:09.000Z";

    #[test]
    fn a_tick_proves_the_sentence_it_stood_beside() {
        let mut record = ConsentRecord::default();
        assert_eq!(record.proof(true), None);
        assert!(!record.set_text("Keep it?", "en", ONE));
        assert!(
            !record.set_text("Keep it?", "fr", TWO),
            "the sentence has not changed"
        );
        assert_eq!(record.proof(true), None, "not ticked");
        record.set_ticked(true, THREE);
        let proof = record.proof(true).unwrap();
        assert_eq!(
            (proof.text.as_str(), proof.locale.as_str()),
            ("Keep it?", "en")
        );
        assert_eq!(proof.shown_at.as_str(), ONE);
        assert_eq!(proof.accepted_at.unwrap().as_str(), THREE);
        record.set_ticked(false, THREE);
        assert_eq!(record.proof(true), None);
    }

    #[test]
    fn another_sentence_is_not_agreed_to() {
        let mut record = ConsentRecord::default();
        record.set_text("Keep it?", "en", ONE);
        record.set_ticked(true, ONE);
        assert!(record.set_text("Keep it and charge it?", "en", TWO));
        assert_eq!(record.proof(true), None);
        assert!(record.set_text("", "en", TWO));
        assert_eq!((record.proof(true), record.proof(false)), (None, None));
        record.set_ticked(true, TWO);
        assert_eq!(record.proof(false), None, "there is nothing to agree to");
    }

    #[test]
    fn without_a_box_the_sentence_itself_is_proved() {
        let mut record = ConsentRecord::default();
        record.set_text("By saving you agree.", "de", ONE);
        let proof = record.proof(false).unwrap();
        assert_eq!((proof.shown_at.as_str(), proof.accepted_at), (ONE, None));
    }
}
