//! The English texts. The texts for declines come from the protocol, because the server uses them too.

use super::MessageKey;

pub(super) fn text_for(key: MessageKey) -> &'static str {
    match key {
        MessageKey::Number => "Card number",
        MessageKey::Expiry => "Expiration date",
        MessageKey::Cvc => "CVC/CVV",
        MessageKey::Payment => "Payment details",
        MessageKey::Name => "Name on card",
        MessageKey::PostalCode => "Postal code",
        MessageKey::Country => "Country",
        MessageKey::ChooseCountry => "Choose a country",
        MessageKey::Optional => "optional",
        MessageKey::Save => "Save card",
        MessageKey::Retry => "Try again",
        MessageKey::Another => "Enter another card",
        MessageKey::TestMode => "Test mode",
        MessageKey::Accepts => "This site takes:",
        MessageKey::Credit => "credit",
        MessageKey::Debit => "debit",
        MessageKey::Prepaid => "prepaid",
        MessageKey::Loading => "Loading the card form…",
        MessageKey::Security if cfg!(feature = "braintree") => {
            "Your card number goes straight to Braintree, not to this site."
        }
        MessageKey::Security => "Your card number goes straight to Stripe, not to this site.",
        MessageKey::PrintNote => "What is typed into the card form is not printed.",
        MessageKey::StillLoading => "Still loading. Your connection may be slow.",
        MessageKey::Saving => "Saving your card…",
        MessageKey::StillSaving => "Still saving. Please keep this page open.",
        MessageKey::Confirming => "Your bank is checking the card…",
        MessageKey::Challenge => "Your bank asks you to confirm it’s you. Please follow its steps.",
        MessageKey::Checking => {
            "We’re checking whether your card was saved. Please don’t enter it again yet."
        }
        MessageKey::Unknown => {
            "We still don’t know whether your card was saved. Please look at your saved cards first."
        }
        MessageKey::Saved => "Your card is saved.",
        MessageKey::Sent => "Your card details were sent to the booking site.",
        MessageKey::FillNumber => "Please enter the card number.",
        MessageKey::FillExpiry => "Please enter the expiration date.",
        MessageKey::FillCvc => "Please enter the security code (CVC/CVV).",
        MessageKey::FillPayment => "Please fill in your payment details.",
        MessageKey::FillName => "Please enter the name on the card.",
        MessageKey::FillPostalCode => "Please enter the postal code.",
        MessageKey::FillCountry => "Please choose a country.",
        MessageKey::Agree => "Please tick the box to go on.",
        MessageKey::NumberInText => {
            "This looks like a card number. Please enter it in the card number field only."
        }
        MessageKey::NoAnswer => {
            "We couldn’t reach the card service. Your card was not saved. Please try again."
        }
        MessageKey::NoIntent => {
            "The booking site didn’t answer. Your card was not saved. Please try again."
        }
        MessageKey::NotSaved => "The booking site couldn’t save your card. Please try again.",
        MessageKey::NotACard => "Only a card can be saved here. Please choose a card.",
        MessageKey::Unseen => {
            "Most of this form is out of view. Please bring it into view, then press the button again."
        }
        MessageKey::BrandNotTaken => "This site doesn’t take this brand. Please use another card.",
        MessageKey::FundingNotTaken => {
            "This site doesn’t take this kind of card. Please use another card."
        }
        MessageKey::BadSetup => {
            "This card form isn’t set up correctly. Please tell the site you’re booking with."
        }
        MessageKey::NotEmbedded => {
            "This form works inside a booking site. Please go back to the site you’re booking with."
        }
        MessageKey::ScriptBlocked => {
            "The secure card fields couldn’t load. Please check your connection or your blocker."
        }
        MessageKey::ScriptSlow => {
            "The secure card fields are taking too long. Please check your connection."
        }
        MessageKey::ScriptWrong => {
            "The secure card fields didn’t arrive as they should. Please try again."
        }
        MessageKey::FieldFailed => "A card field couldn’t load. Please try again.",
        MessageKey::Unanswered => {
            "The booking site hasn’t answered yet. Please wait a moment, or try again."
        }
    }
}
