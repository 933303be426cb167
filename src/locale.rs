//! The texts that a person reads, by locale.
//!
//! Read by the page and by [`crate::error::SaveError`]. English is one `match` over [`MessageKey`], so that a missing
//! text does not compile. The other languages are `public/words/<locale>.json`, which only their readers download; the
//! tests check that each has every key. A text that is not loaded is shown in English. It must never contain a server's
//! text, nor a reason that would help a thief.

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

            /// The keys of a locale file, in the order of [`Self::ALL`].
            const KEYS: &'static [&'static str] = &[$(stringify!($key)),+];
        }
    };
}

message_keys! {
    Number,
    Expiry,
    Cvc,
    /// Label of the Payment Element.
    Payment,
    /// Label of the name on the card.
    Name,
    PostalCode,
    Country,
    /// The first entry of the country list, which selects none.
    ChooseCountry,
    /// Added to the label of a field that may stay empty.
    Optional,
    Save,
    /// Button of a form that failed to load.
    Retry,
    /// Button that empties the form for another card.
    Another,
    /// Shown with a test key.
    TestMode,
    /// Introduces the list of accepted cards.
    Accepts,
    Credit,
    Debit,
    Prepaid,
    Loading,
    /// Tells which company gets the card number; below the button.
    Security,
    /// Printed in the place of the form.
    PrintNote,
    /// Loading takes longer than usual.
    StillLoading,
    Saving,
    /// Saving takes longer than usual.
    StillSaving,
    Confirming,
    Challenge,
    /// Whether the card was saved is being checked.
    Checking,
    /// Whether the card was saved remains unknown.
    Unknown,
    Saved,
    /// The card was sent to a plain listener.
    Sent,
    /// A field is empty or incomplete.
    FillNumber,
    FillExpiry,
    FillCvc,
    FillPayment,
    FillName,
    FillPostalCode,
    FillCountry,
    /// The consent box is not ticked.
    Agree,
    /// A card number was typed into a text field.
    NumberInText,
    /// The provider could not be reached.
    NoAnswer,
    /// The site did not answer.
    NoIntent,
    /// The site did not save the card and gave no text.
    NotSaved,
    /// The payment method is not a card.
    NotACard,
    /// Too little of the form is visible.
    Unseen,
    /// The site does not accept this brand.
    BrandNotTaken,
    /// The site does not accept this funding.
    FundingNotTaken,
    /// The form's settings are wrong.
    BadSetup,
    /// The page is not in an iframe.
    NotEmbedded,
    ScriptBlocked,
    ScriptSlow,
    /// The provider's script is not what was expected.
    ScriptWrong,
    /// A card field failed to load.
    FieldFailed,
    /// The embedding page has not answered.
    Unanswered,
}

/// The loaded texts of a locale: one for each key, then one for each decline reason. `None` where English applies.
type LocaleTexts = Vec<Option<String>>;

/// The texts of each locale, set once by the first file that comes. English is compiled in and never here.
static LOADED_TEXTS: [OnceLock<LocaleTexts>; Locale::ALL.len()] =
    [const { OnceLock::new() }; Locale::ALL.len()];

/// A language of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locale {
    /// English; also for every language that is not in this list.
    En,
    Fr,
    Es,
    De,
    /// Arabic, written from right to left.
    Ar,
}

impl Locale {
    pub const ALL: [Self; 5] = [Self::En, Self::Fr, Self::Es, Self::De, Self::Ar];

    /// The locale of a BCP 47 tag, by its primary subtag.
    #[must_use]
    pub fn choose(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or("");
        Self::ALL
            .into_iter()
            .find(|locale| locale.as_str().eq_ignore_ascii_case(primary))
            .unwrap_or(Self::En)
    }

    /// The value of `lang`, and the locale given to Stripe.
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

    /// Stores the texts of a locale's file. A missing text stays English. Returns whether texts were added.
    pub fn load_texts(self, file: &Tree) -> bool {
        #[cfg(not(feature = "braintree"))]
        let text = |key| file.get(key).as_text().map(str::to_owned);
        #[cfg(feature = "braintree")]
        let text = |key| {
            Some(crate::braintree::replace_provider_name(
                file.get(key).as_text()?,
            ))
        };
        let messages = MessageKey::KEYS.iter().map(|key| text(key));
        let declines = DeclineReason::ALL
            .iter()
            .map(|reason| text(reason.as_str()));
        let texts: LocaleTexts = messages.chain(declines).collect();
        // An empty file adds nothing, so that it can be loaded later.
        self != Self::En
            && texts.iter().any(Option::is_some)
            && self.cell().is_some_and(|cell| cell.set(texts).is_ok())
    }

    fn cell(self) -> Option<&'static OnceLock<LocaleTexts>> {
        LOADED_TEXTS.get(self as usize)
    }

    /// Whether the texts are available.
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

    /// The text for a decline of Stripe or of the bank.
    #[must_use]
    pub fn text_for_decline(self, reason: DeclineReason) -> &'static str {
        self.loaded_text(MessageKey::ALL.len() + reason as usize)
            .unwrap_or_else(|| reason.sentence())
    }

    /// The text for a form that cannot work. The person reads what they can do; the code tells the operator the rest.
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

    /// The accepted cards in one line; `None` when the site accepts every card.
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
