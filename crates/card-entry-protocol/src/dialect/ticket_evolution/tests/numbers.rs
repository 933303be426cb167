//! Card numbers in any member of a request: an error response must never repeat one.

use proptest::prelude::*;
use serde_json::json;

use super::{read, request};
use crate::dialect::ticket_evolution::create::CreateCards;

/// Card numbers of Visa's form that pass the Luhn check: plain, and grouped among other characters.
fn numbers() -> impl Strategy<Value = (String, String)> {
    let length = prop_oneof![Just(11_usize), Just(14), Just(17)];
    let digits = length.prop_flat_map(|length| proptest::collection::vec(0_u8..10, length));
    let beside = ("[a-zA-Z:,. ]{0,8}", "[a-zA-Z:,. ]{0,8}");
    (digits, proptest::option::of("[ .-]"), beside).prop_map(
        |(mut digits, gap, (before, after))| {
            digits.insert(0, 4);
            let double = |digit: u8| u32::from(digit) * 2 / 10 + u32::from(digit) * 2 % 10;
            let sum = digits.iter().rev().enumerate().map(|(at, digit)| {
                if at % 2 == 0 {
                    double(*digit)
                } else {
                    u32::from(*digit)
                }
            });
            let check = u8::try_from((10 - sum.sum::<u32>() % 10) % 10).unwrap();
            digits.push(check);
            let plain: String = digits.iter().map(u8::to_string).collect();
            let grouped = digits
                .chunks(4)
                .map(|group| group.iter().map(u8::to_string).collect());
            let shown = grouped
                .collect::<Vec<String>>()
                .join(gap.as_deref().unwrap_or(""));
            (plain, format!("{before}{shown}{after}"))
        },
    )
}

proptest! {
    #[test]
    fn no_error_repeats_a_card_number_of_any_member((plain, shown) in numbers(), member in 0_usize..8, bare: bool) {
        let member = [
            "label", "name", "number", "nonce", "expiration_month", "expiration_year", "verification_code", "ip_address",
        ][member];
        let sent = if bare { &plain } else { &shown };
        let mut body = request();
        body["credit_cards"][0][member] = json!(sent);
        // This makes the card invalid, even if the other member is accepted.
        body["credit_cards"][0]["address_id"] = json!(null);
        let refused = read(&body).check().unwrap_err();
        let response = serde_json::to_string(&refused).unwrap();
        prop_assert!(!response.contains(&plain) && !response.contains(shown.trim()), "{member}: {response}");
        let digits: String = response.chars().filter(char::is_ascii_digit).collect();
        prop_assert!(!digits.contains(&plain), "{member}: {response}");
        let debug = format!("{:?}", read(&body));
        prop_assert!(member != "number" || !debug.contains(&plain), "{debug}");

        // The error of a body of another form does not repeat its values.
        for body in [json!([sent]), json!({"credit_cards": sent}), json!({"credit_cards": [{"label": [sent]}]})] {
            let error = CreateCards::read(body.to_string().as_bytes()).unwrap_err();
            prop_assert!(!error.error.contains(&plain) && !error.error.contains(shown.trim()), "{error:?}");
        }
        let incomplete = body.to_string();
        let error = CreateCards::read(&incomplete.as_bytes()[..incomplete.len() - 1]).unwrap_err();
        prop_assert!(!error.error.contains(&plain));
    }

    #[test]
    fn reading_never_panics(texts in proptest::collection::vec(".{0,30}", 9)) {
        let body = json!({"credit_cards": [{
            "label": texts[0], "name": texts[1], "number": texts[2], "nonce": texts[3], "expiration_month": texts[4],
            "expiration_year": texts[5], "verification_code": texts[6], "address_id": 1, "phone_number_id": "2",
            "ip_address": texts[7],
        }]});
        // U+0000 is refused before the members are checked.
        if let Ok(cards) = CreateCards::read(body.to_string().as_bytes()) {
            let _ = cards.check();
        }
        let _ = CreateCards::read(texts[8].as_bytes());
    }
}
