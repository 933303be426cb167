//! Every text of the companion, by locale.
//!
//! Called by [`crate::entry`] and the wallet on screen. The compiler checks that each locale has a text for every
//! [`EntryMessageKey`] and [`WalletMessageKey`]. Texts are short and calm; they must never blame the person.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod messages;
mod staff;

pub use messages::{Audience, Messages};

/// A language of the texts.
///
/// ```
/// use card_entry_companion::i18n::{Locale, WalletMessageKey};
///
/// assert_eq!(Locale::read("fr-CA"), Locale::Fr);
/// assert_eq!(Locale::read("pt"), Locale::En); // no texts in Portuguese
/// assert_eq!(Locale::De.wallet_text(WalletMessageKey::Add), "Karte hinzufügen");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English; also used for every other language.
    #[default]
    En,
    /// French (`fr`), all regions.
    Fr,
    /// Spanish (`es`), all regions.
    Es,
    /// German (`de`), all regions.
    De,
    /// Arabic (`ar`), written from right to left.
    Ar,
}

impl Locale {
    /// All locales, English first.
    pub const ALL: [Self; 5] = [Self::En, Self::Fr, Self::Es, Self::De, Self::Ar];

    /// The locale for a BCP 47 tag, by its language; English for other languages.
    #[must_use]
    pub fn read(tag: &str) -> Self {
        Self::parse(tag).unwrap_or_default()
    }

    /// The locale for a BCP 47 tag, by its language; `None` for other languages.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or("");
        Self::ALL
            .into_iter()
            .find(|locale| locale.as_str().eq_ignore_ascii_case(language))
    }

    /// The language tag, for the attribute `lang`.
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

    /// The direction, for the attribute `dir`: `ltr` or `rtl`.
    #[must_use]
    pub fn dir(self) -> &'static str {
        if self == Self::Ar { "rtl" } else { "ltr" }
    }

    /// The text for a key of the card form.
    #[must_use]
    pub fn entry_text(self, key: EntryMessageKey) -> &'static str {
        match self {
            Self::En => en::entry_text(key),
            Self::Fr => fr::entry_text(key),
            Self::Es => es::entry_text(key),
            Self::De => de::entry_text(key),
            Self::Ar => ar::entry_text(key),
        }
    }

    /// The text for a key of the wallet, as the cardholder reads it.
    #[must_use]
    pub fn wallet_text(self, key: WalletMessageKey) -> &'static str {
        match self {
            Self::En => en::wallet_text(key),
            Self::Fr => fr::wallet_text(key),
            Self::Es => es::wallet_text(key),
            Self::De => de::wallet_text(key),
            Self::Ar => ar::wallet_text(key),
        }
    }
}

macro_rules! message_keys {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
        }

        impl $name {
            /// All keys, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    };
}

#[cfg(feature = "quilt")]
pub(crate) use message_keys;

message_keys!(
    /// The key of a text of the card form. The English texts in `i18n/en.rs` show what each key is for.
    #[allow(missing_docs)]
    EntryMessageKey {
        FrameTitle,
        SignIn,
        Checking,
        /// Has the placeholder `{seconds}`; the save continues by itself.
        Wait,
        TryLater,
        Refused,
        Verify,
        Unclear,
        NotReady,
        /// The frame sent no message in time.
        Silent,
        /// The frame sent no message, and another site embeds the page.
        Embedded,
        /// The frame is on another origin now.
        Left,
        /// The settings of the page cannot be read.
        BadSetup,
        Retry,
    }
);

message_keys!(
    /// The key of a text of the wallet. The English texts in `i18n/en.rs` show what each key is for.
    #[allow(missing_docs)]
    WalletMessageKey {
        Cards,
        YourCard,
        /// The name of a card; has the placeholders `{brand}` and `{last4}`.
        Ending,
        /// Has the placeholder `{expiry}`, as printed on cards.
        Expires,
        /// Has the placeholder `{expiry}`, as printed on cards.
        ExpiredOn,
        Expired,
        /// The badge of a card that expires in 60 days or less.
        ExpiresSoon,
        /// The badge of a card that expires before an appointment that needs it.
        ExpiresBefore,
        Default,
        Empty,
        EmptyHint,
        Add,
        Replace,
        /// The button after a refused delete.
        ReplaceThis,
        Delete,
        /// The accessible name of the button; has the placeholder `{card}`.
        DeleteCard,
        /// The accessible name of the button; has the placeholder `{card}`.
        ReplaceCard,
        Cancel,
        Continue,
        SignInButton,
        /// Has the placeholder `{card}`, a card's name.
        ReplaceWarning,
        /// Has the placeholder `{card}`, a card's name.
        DeleteQuestion,
        DeleteYes,
        /// Has the placeholder `{card}`, a card's name.
        Deleting,
        /// Has the placeholder `{card}`, a card's name.
        Deleted,
        /// The wallet refused the delete without a message of its own.
        DeleteRefused,
        /// The result of the delete is unknown.
        DeleteUnclear,
        MakeDefault,
        /// The accessible name of the button; has the placeholder `{card}`.
        MakeDefaultCard,
        /// Has the placeholder `{card}`, a card's name.
        Choosing,
        /// Has the placeholder `{card}`, a card's name.
        Chosen,
        /// The wallet refused the new default without a message of its own.
        ChooseRefused,
        /// The result of setting the default is unknown.
        ChooseUnclear,
        /// Has the placeholder `{card}`, a card's name.
        Saved,
        /// The wallet had the card before; has the placeholder `{card}`.
        SavedAgain,
        /// Has the placeholder `{card}`, a card's name.
        Replaced,
        Loading,
        LoadingSlow,
        LoadFailed,
        SignInToSee,
        AddTitle,
        ReplaceTitle,
    }
);

/// Replaces the placeholders of a text. A placeholder without a value is removed.
///
/// ```
/// use card_entry_companion::i18n::fill_placeholders;
///
/// assert_eq!(fill_placeholders("{a} and {b}", &[("a", "1"), ("b", "2")]), "1 and 2");
/// ```
#[must_use]
pub fn fill_placeholders(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
