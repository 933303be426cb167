//! Every sentence a person reads from the companion, by locale.
//!
//! Called by [`crate::entry`] and the wallet on screen. Each locale answers for every [`Word`] and [`WalletWord`], which
//! the compiler checks. Sentences are short and calm, and blame nobody.

mod ar;
mod customer;
mod de;
mod en;
mod es;
mod fr;
mod voice;

pub use voice::{Voice, Whose};

/// A language the companion speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// English, and whatever is not below.
    #[default]
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// German.
    De,
    /// Arabic, written from right to left.
    Ar,
}

impl Locale {
    /// Every locale.
    pub const ALL: [Self; 5] = [Self::En, Self::Fr, Self::Es, Self::De, Self::Ar];

    /// Reads a BCP 47 tag by its language; anything else is English.
    #[must_use]
    pub fn read(tag: &str) -> Self {
        Self::parse(tag).unwrap_or_default()
    }

    /// The same; `None` for a language that is not here.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or("");
        Self::ALL
            .into_iter()
            .find(|locale| locale.as_str().eq_ignore_ascii_case(language))
    }

    /// The tag, for `lang`.
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

    /// The direction, for `dir`.
    #[must_use]
    pub fn dir(self) -> &'static str {
        if self == Self::Ar { "rtl" } else { "ltr" }
    }

    /// What is said about one entry of a card.
    #[must_use]
    pub fn word(self, word: Word) -> &'static str {
        match self {
            Self::En => en::word(word),
            Self::Fr => fr::word(word),
            Self::Es => es::word(word),
            Self::De => de::word(word),
            Self::Ar => ar::word(word),
        }
    }

    /// What is said about the wallet.
    #[must_use]
    pub fn wallet(self, word: WalletWord) -> &'static str {
        match self {
            Self::En => en::wallet(word),
            Self::Fr => fr::wallet(word),
            Self::Es => es::wallet(word),
            Self::De => de::wallet(word),
            Self::Ar => ar::wallet(word),
        }
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
        }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    };
}

#[cfg(feature = "quilt")]
pub(crate) use words;

words!(
    /// What is said about one entry of a card.
    Word {
        /// The iframe's title.
        FrameTitle,
        /// The session is over; nothing typed is lost.
        SignIn,
        /// The outcome is not known yet.
        Checking,
        /// Asked to wait `{seconds}`; the save goes on by itself.
        Wait,
        /// Too much at once, and waiting did not help.
        TryLater,
        /// Not saved, for good, without a reason that may be told.
        Refused,
        /// The bank wants to verify the card first.
        Verify,
        /// It could not be found out whether the card was saved.
        Unclear,
        /// No intent could be made just now.
        NotReady,
        /// The frame never spoke.
        Silent,
        /// The frame never spoke, and the page stands inside another site's.
        Embedded,
        /// The frame is on another site now.
        Left,
        /// The page's settings cannot be read.
        BadSetup,
        /// The button.
        Retry,
    }
);

words!(
    /// What is said about the wallet.
    WalletWord {
        /// The heading of several cards.
        Cards,
        /// The heading of a wallet of one card.
        YourCard,
        /// A card by name: `{brand}`, `{last4}`.
        Ending,
        /// When it expires: `{expiry}`.
        Expires,
        /// When it expired: `{expiry}`.
        ExpiredOn,
        /// The badge of an expired card.
        Expired,
        /// The badge of a card with 60 days or less.
        ExpiresSoon,
        /// The badge of a card that expires before an appointment that needs it.
        ExpiresBefore,
        /// The badge of the default card.
        Default,
        /// Nothing is saved.
        Empty,
        /// Why one would save a card.
        EmptyHint,
        /// The button.
        Add,
        /// The button.
        Replace,
        /// The button for a refused delete.
        ReplaceThis,
        /// The button.
        Delete,
        /// The button's name for a reader of the screen: `{card}`.
        DeleteCard,
        /// The button's name for a reader of the screen: `{card}`.
        ReplaceCard,
        /// The button.
        Cancel,
        /// The button.
        Continue,
        /// The button.
        SignInButton,
        /// The warning before a replace: `{card}`.
        ReplaceWarning,
        /// The question before a delete: `{card}`.
        DeleteQuestion,
        /// The button that deletes.
        DeleteYes,
        /// A delete is under way: `{card}`.
        Deleting,
        /// A delete is done: `{card}`.
        Deleted,
        /// A delete was refused without a sentence.
        DeleteRefused,
        /// A delete whose outcome is not known.
        DeleteUnclear,
        /// The button that makes a card the default.
        MakeDefault,
        /// The button's name for a reader of the screen, with what the button shows: `{card}`.
        MakeDefaultCard,
        /// A card is being made the default: `{card}`.
        Choosing,
        /// A card is the default now: `{card}`.
        Chosen,
        /// Another default was refused without a sentence.
        ChooseRefused,
        /// Another default whose outcome is not known.
        ChooseUnclear,
        /// A save is done: `{card}`.
        Saved,
        /// The saved card was there before: `{card}`.
        SavedAgain,
        /// A save replaced the card: `{card}`.
        Replaced,
        /// The list is on its way.
        Loading,
        /// The list takes long.
        LoadingSlow,
        /// The list did not come.
        LoadFailed,
        /// Please sign in to see the cards.
        SignInToSee,
        /// The heading above the form that adds.
        AddTitle,
        /// The heading above the form that replaces.
        ReplaceTitle,
    }
);

/// Puts values into a sentence's places: `fill("{a} and {b}", &[("a", "1"), ("b", "2")])`.
#[must_use]
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
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
