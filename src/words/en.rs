//! English. The refusals are the protocol's own sentences, which the server says too.

use super::Word;

pub(super) fn say(word: Word) -> &'static str {
    match word {
        Word::Number => "Card number",
        Word::Expiry => "Expiration date",
        Word::Cvc => "CVC/CVV",
        Word::Payment => "Payment details",
        Word::Name => "Name on card",
        Word::PostalCode => "Postal code",
        Word::Country => "Country",
        Word::ChooseCountry => "Choose a country",
        Word::Optional => "optional",
        Word::Save => "Save card",
        Word::Retry => "Try again",
        Word::Another => "Enter another card",
        Word::TestMode => "Test mode",
        Word::Takes => "This site takes:",
        Word::Credit => "credit",
        Word::Debit => "debit",
        Word::Prepaid => "prepaid",
        Word::Loading => "Loading the card form…",
        Word::Safe if cfg!(feature = "braintree") => {
            "Your card number goes straight to Braintree, not to this site."
        }
        Word::Safe => "Your card number goes straight to Stripe, not to this site.",
        Word::Unprinted => "What is typed into the card form is not printed.",
        Word::StillLoading => "Still loading. Your connection may be slow.",
        Word::Saving => "Saving your card…",
        Word::StillSaving => "Still saving. Please keep this page open.",
        Word::Confirming => "Your bank is checking the card…",
        Word::Challenge => "Your bank asks you to confirm it’s you. Please follow its steps.",
        Word::Checking => {
            "We’re checking whether your card was saved. Please don’t enter it again yet."
        }
        Word::Unknown => {
            "We still don’t know whether your card was saved. Please look at your saved cards first."
        }
        Word::Saved => "Your card is saved.",
        Word::Sent => "Your card details were sent to the booking site.",
        Word::FillNumber => "Please enter the card number.",
        Word::FillExpiry => "Please enter the expiration date.",
        Word::FillCvc => "Please enter the security code (CVC/CVV).",
        Word::FillPayment => "Please fill in your payment details.",
        Word::FillName => "Please enter the name on the card.",
        Word::FillPostalCode => "Please enter the postal code.",
        Word::FillCountry => "Please choose a country.",
        Word::Agree => "Please tick the box to go on.",
        Word::NumberInText => {
            "This looks like a card number. Please enter it in the card number field only."
        }
        Word::NoAnswer => {
            "We couldn’t reach the card service. Your card was not saved. Please try again."
        }
        Word::NoIntent => {
            "The booking site didn’t answer. Your card was not saved. Please try again."
        }
        Word::NotSaved => "The booking site couldn’t save your card. Please try again.",
        Word::NotACard => "Only a card can be saved here. Please choose a card.",
        Word::Unseen => {
            "Most of this form is out of view. Please bring it into view, then press the button again."
        }
        Word::BrandNotTaken => "This site doesn’t take this brand. Please use another card.",
        Word::FundingNotTaken => {
            "This site doesn’t take this kind of card. Please use another card."
        }
        Word::BadSetup => {
            "This card form isn’t set up correctly. Please tell the site you’re booking with."
        }
        Word::NotEmbedded => {
            "This form works inside a booking site. Please go back to the site you’re booking with."
        }
        Word::ScriptBlocked => {
            "The secure card fields couldn’t load. Please check your connection or your blocker."
        }
        Word::ScriptSlow => {
            "The secure card fields are taking too long. Please check your connection."
        }
        Word::ScriptWrong => {
            "The secure card fields didn’t arrive as they should. Please try again."
        }
        Word::FieldFailed => "A card field couldn’t load. Please try again.",
        Word::Unanswered => {
            "The booking site hasn’t answered yet. Please wait a moment, or try again."
        }
    }
}
