//! The body of the only call that contains a card number.
//!
//! Called by [`super::Vault::tokenize`]. It must never leave digits in memory: they are written once, into a buffer
//! that is overwritten after use.

use card_entry_protocol::dialect::ticket_evolution::create::RawCard;
use zeroize::Zeroizing;

use super::documents;

/// Writes the body by hand into a buffer that never grows. A JSON tree, or a buffer that moves, would leave copies of
/// the digits in memory.
pub(super) fn tokenize_body(card: &RawCard, name: &str) -> Zeroizing<String> {
    let name = serde_json::to_string(name).unwrap_or_else(|_| "null".to_owned());
    let capacity = documents::TOKENIZE.len() + name.len() + 512;
    let mut body = Zeroizing::new(String::with_capacity(capacity));
    let (month, year) = (u16::from(card.exp_month), u16::from(card.exp_year));
    let (month, year) = (format!("{month:02}"), year.to_string());
    let code = card.code.as_ref().map_or("", |code| code.expose());
    let parts = [
        r#"{"query":""#,
        documents::TOKENIZE,
        r#"","variables":{"input":{"creditCard":{"number":""#,
        card.number.expose(),
        if code.is_empty() { "" } else { r#"","cvv":""# },
        code,
        r#"","expirationMonth":""#,
        &month,
        r#"","expirationYear":""#,
        &year,
        r#"","cardholderName":"#,
        &name,
        r#"},"options":{"validate":true}}}}"#,
    ];
    for part in parts {
        body.push_str(part);
    }
    body
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use card_entry_protocol::dialect::ticket_evolution::create::{CardNumber, VerificationCode};
    use serde_json::{Value, json};

    #[test]
    fn the_body_is_valid_json_and_its_buffer_never_moves() {
        for (code, name) in [(Some("789"), "Ned Flanders"), (None, "\u{1}\"\\")] {
            let name = name.repeat(20);
            let card = RawCard {
                number: CardNumber::parse("4111111111111111").unwrap(),
                exp_month: 2.try_into().unwrap(),
                exp_year: 2034.try_into().unwrap(),
                code: code.and_then(VerificationCode::parse),
            };
            let body = tokenize_body(&card, &name);
            let mut wanted = json!({
                "number": "4111111111111111", "expirationMonth": "02", "expirationYear": "2034",
                "cardholderName": name,
            });
            if let Some(code) = code {
                wanted["cvv"] = code.into();
            }
            let sent: Value = serde_json::from_str(&body).unwrap();
            assert_eq!(sent["variables"]["input"]["creditCard"], wanted);
            assert_eq!(sent["query"], documents::TOKENIZE);
            let quoted = serde_json::to_string(&name).unwrap();
            let capacity = documents::TOKENIZE.len() + quoted.len() + 512;
            assert_eq!(
                body.capacity(),
                capacity,
                "the buffer moved and left digits in memory"
            );
        }
    }
}
