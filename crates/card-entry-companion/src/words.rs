//! Every sentence a person reads from the companion, by locale.
//!
//! Called by [`crate::entry`] and the wallet on screen. Each locale answers for every [`Word`] and [`WalletWord`], which
//! the compiler checks. Sentences are short and calm, and blame nobody.

mod ar;
mod de;
mod en;
mod es;
mod fr;

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
        let language = tag.split(['-', '_']).next().unwrap_or("");
        Self::ALL
            .into_iter()
            .find(|locale| locale.as_str().eq_ignore_ascii_case(language))
            .unwrap_or_default()
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
        /// The frame is on another site now.
        Left,
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn places(sentence: &str) -> Vec<&str> {
        let mut names: Vec<_> = sentence
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}').map(|(name, _)| name))
            .collect();
        names.sort_unstable();
        names
    }

    fn sentences(locale: Locale) -> Vec<&'static str> {
        let words = Word::ALL.iter().map(|word| locale.word(*word));
        let wallet = WalletWord::ALL.iter().map(|word| locale.wallet(*word));
        words.chain(wallet).collect()
    }

    #[test]
    fn every_locale_says_everything_with_the_same_places() {
        let english = sentences(Locale::En);
        for locale in Locale::ALL {
            let said = sentences(locale);
            assert_eq!(said.len(), english.len());
            for (text, original) in said.iter().zip(&english) {
                assert!(
                    !text.is_empty() && !text.contains('!'),
                    "{locale:?}: {text}"
                );
                assert!(text.chars().count() <= 120, "{locale:?}: {text}");
                assert_eq!(places(text), places(original), "{locale:?}: {text}");
            }
            let same = said.iter().zip(&english).filter(|(a, b)| a == b).count();
            assert!(
                locale == Locale::En || same <= 1,
                "{locale:?} has {same} English sentences"
            );
        }
    }

    #[test]
    fn tags_are_read_by_their_language() {
        for (tag, locale) in [
            ("fr-CA", Locale::Fr),
            ("DE", Locale::De),
            ("ar_EG", Locale::Ar),
            ("es-419", Locale::Es),
            ("", Locale::En),
            ("frr", Locale::En),
            ("auto", Locale::En),
        ] {
            assert_eq!(Locale::read(tag), locale, "{tag}");
        }
        assert_eq!((Locale::Ar.dir(), Locale::De.dir()), ("rtl", "ltr"));
    }

    #[test]
    fn places_are_filled_once() {
        assert_eq!(fill("{a}, {b}.", &[("a", "{b}"), ("b", "2")]), "{b}, 2.");
        assert_eq!(fill("open {a", &[]), "open ");
        assert_eq!(fill("{unknown}x", &[]), "x");
    }

    proptest! {
        #[test]
        fn filling_never_panics(sentence in ".{0,60}", value in ".{0,20}") {
            let _ = fill(&sentence, &[("card", &value)]);
        }
    }
}
