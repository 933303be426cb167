//! Every sentence a person reads, by locale.
//!
//! Called by the page and by [`crate::error::SaveError`]. English is one `match` over [`MessageKey`], so that a missing sentence
//! does not compile; the other languages are `public/words/<locale>.json`, downloaded by those who read them, and held
//! to the same list by the tests. What has not come is said in English. It must never hold a server's text or a reason
//! that would help a thief.

mod english;
#[cfg(target_arch = "wasm32")]
pub mod load;

use std::sync::OnceLock;

use card_entry_protocol::card::Funding;
use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::settings::Accept;
use card_entry_protocol::tree::Tree;

macro_rules! message_keys {
    ($($(#[$doc:meta])* $key:ident),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum MessageKey {
            $($(#[$doc])* $key,)+
        }

        impl MessageKey {
            pub const ALL: &'static [Self] = &[$(Self::$key),+];

            /// Its keys in a language's file, in the same order.
            const KEYS: &'static [&'static str] = &[$(stringify!($key)),+];
        }
    };
}

message_keys! {
    /// Label of the card number.
    Number,
    Expiry,
    /// Label of the security code.
    Cvc,
    /// Label of the Payment Element.
    Payment,
    /// Label of the name on the card.
    Name,
    /// Label of the postal code.
    PostalCode,
    Country,
    /// The empty choice of the country.
    ChooseCountry,
    /// Beside the label of a field that may stay empty.
    Optional,
    Save,
    /// The button of a form that cannot work for now.
    Retry,
    /// The button of a form that has nothing more to say of its card.
    Another,
    /// The mark of a test key.
    TestMode,
    /// Before the list of what the site takes.
    Accepts,
    Credit,
    Debit,
    Prepaid,
    /// The fields are on their way.
    Loading,
    /// Where the card number goes, under the button.
    Security,
    /// On paper, in the place of the form.
    PrintNote,
    /// They have been for a while.
    StillLoading,
    Saving,
    /// It has been going on for a while.
    StillSaving,
    Confirming,
    Challenge,
    /// Whether it was saved is not known.
    Checking,
    /// It will not be known here.
    Unknown,
    Saved,
    /// A plain listener has the details.
    Sent,
    /// A field is empty or not finished.
    FillNumber,
    FillExpiry,
    FillCvc,
    FillPayment,
    FillName,
    FillPostalCode,
    FillCountry,
    /// The consent box is not ticked.
    Agree,
    /// A card number stands where none may be.
    NumberInText,
    /// Stripe could not be reached.
    NoAnswer,
    /// The site did not answer.
    NoIntent,
    /// The site did not save the card, and gave no sentence.
    NotSaved,
    /// The payment method is no card.
    NotACard,
    /// Too little of the form can be seen.
    Unseen,
    /// The site does not take this brand.
    BrandNotTaken,
    /// The site does not take this funding.
    FundingNotTaken,
    /// The form is set up wrongly.
    BadSetup,
    /// The page was opened on its own.
    NotEmbedded,
    ScriptBlocked,
    ScriptSlow,
    /// Something else came instead of Stripe.js.
    ScriptWrong,
    /// A card field did not load.
    FieldFailed,
    /// The page that embeds the form has not answered.
    Unanswered,
}

/// What was texts of a language: every word, then every refusal.
type LocaleTexts = Vec<Option<String>>;

/// By locale; English is never here. Written once each, by the first file that comes.
static LOADED_TEXTS: [OnceLock<LocaleTexts>; Locale::ALL.len()] =
    [const { OnceLock::new() }; Locale::ALL.len()];

/// A language this page speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locale {
    /// English, and for every language not in this list.
    En,
    Fr,
    Es,
    De,
    /// Arabic, written from right to left.
    Ar,
}

impl Locale {
    pub const ALL: [Self; 5] = [Self::En, Self::Fr, Self::Es, Self::De, Self::Ar];

    /// Chooses by the primary subtag of a BCP 47 tag.
    #[must_use]
    pub fn choose(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or("");
        Self::ALL
            .into_iter()
            .find(|locale| locale.as_str().eq_ignore_ascii_case(primary))
            .unwrap_or(Self::En)
    }

    /// The tag: the value of `lang`, and Stripe's locale.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::De => "de",
            Self::Ar => "ar",
        }
    }

    #[must_use]
    pub fn direction(self) -> &'static str {
        if self == Self::Ar { "rtl" } else { "ltr" }
    }

    /// Learns a language from its file; what is missing there, or no text, stays English. Says whether that was new.
    pub fn load_texts(self, file: &Tree) -> bool {
        #[cfg(not(feature = "braintree"))]
        let text = |key| file.get(key).as_text().map(str::to_owned);
        #[cfg(feature = "braintree")]
        let text = |key| {
            Some(crate::braintree::replace_provider_name(
                file.get(key).as_text()?,
            ))
        };
        let words = MessageKey::KEYS.iter().map(|key| text(key));
        let refusals = DeclineReason::ALL
            .iter()
            .map(|refusal| text(refusal.as_str()));
        let texts: LocaleTexts = words.chain(refusals).collect();
        // A file that did not come teaches nothing, and may come later.
        self != Self::En
            && texts.iter().any(Option::is_some)
            && self.cell().is_some_and(|cell| cell.set(texts).is_ok())
    }

    fn cell(self) -> Option<&'static OnceLock<LocaleTexts>> {
        LOADED_TEXTS.get(self as usize)
    }

    /// Whether it can be spoken now.
    #[must_use]
    pub fn is_loaded(self) -> bool {
        self == Self::En || self.cell().is_some_and(|cell| cell.get().is_some())
    }

    fn loaded_text(self, at: usize) -> Option<&'static str> {
        self.cell()?.get()?.get(at)?.as_deref()
    }

    #[must_use]
    pub fn text_for(self, key: MessageKey) -> &'static str {
        self.loaded_text(key as usize)
            .unwrap_or_else(|| english::text_for(key))
    }

    /// A refusal of Stripe or of the bank.
    #[must_use]
    pub fn text_for_decline(self, refusal: DeclineReason) -> &'static str {
        self.loaded_text(MessageKey::ALL.len() + refusal as usize)
            .unwrap_or_else(|| refusal.sentence())
    }

    /// Why the form cannot work, in words the person can use; the code says the rest to the operator.
    #[must_use]
    pub fn text_for_unusable(self, code: FrameErrorCode) -> &'static str {
        self.text_for(match code {
            FrameErrorCode::NotEmbedded => MessageKey::NotEmbedded,
            FrameErrorCode::ScriptBlocked => MessageKey::ScriptBlocked,
            FrameErrorCode::ScriptSlow => MessageKey::ScriptSlow,
            FrameErrorCode::ScriptWrong => MessageKey::ScriptWrong,
            FrameErrorCode::FieldFailed => MessageKey::FieldFailed,
            FrameErrorCode::Unanswered => MessageKey::Unanswered,
            _ => MessageKey::BadSetup,
        })
    }

    /// What the site takes, as one line; `None` when it takes everything.
    #[must_use]
    pub fn accepted_cards_text(self, accept: &Accept) -> Option<String> {
        let fundings = accept.funding.iter().filter_map(|funding| match funding {
            Funding::Credit => Some(self.text_for(MessageKey::Credit)),
            Funding::Debit => Some(self.text_for(MessageKey::Debit)),
            Funding::Prepaid => Some(self.text_for(MessageKey::Prepaid)),
            Funding::Unknown | Funding::Other(_) => None,
        });
        let comma = if self == Self::Ar { "، " } else { ", " };
        let (mut line, mut before) = (self.text_for(MessageKey::Accepts).to_owned(), " ");
        let mut add = |title: &str| {
            line.push_str(before);
            line.push_str(title);
            before = comma;
        };
        accept.brands.iter().for_each(|brand| add(brand.title()));
        fundings.for_each(&mut add);
        (before == comma).then_some(line)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
