//! What was read of the settings: what holds, and what was ignored and why.
//!
//! Called by the frame for `init` and `update`, and by the companion before it sends them; read by [`super::reader`], the
//! one reader of both ways in, serde's and the tree's. One wrong value never costs another. It must never take less than
//! was asked for where that matters: a consent or a list of cards that cannot be read makes the form unusable, not laxer.

use super::Settings;
use super::ignored::{IgnoredSetting, IgnoredSettings};
use super::reader::{COLOR, SettingsReader, VARIABLES};
use crate::code::FrameErrorCode;
use crate::tree::Tree;

/// What may not be guessed and could not be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnreadableSettings {
    /// No plain object of a sensible size at all.
    pub all: bool,
    /// The consent.
    pub consent: bool,
    /// The lists of cards the site takes.
    pub accept: bool,
}

/// Settings that were read, and what of them could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedSettings {
    /// What holds; a wrong setting counts as left out.
    pub settings: Settings,
    /// What was ignored, in the order of reading.
    pub ignored: Vec<IgnoredSetting>,
    /// What the form cannot be shown without.
    pub unreadable: UnreadableSettings,
}

impl ParsedSettings {
    /// Settings of which nothing can be read.
    #[must_use]
    pub fn unreadable() -> Self {
        let mut ignored = IgnoredSettings::default();
        ignored.push(
            "",
            "settings",
            "a plain object with 4000 characters of text at most",
        );
        Self {
            ignored: ignored.0,
            unreadable: UnreadableSettings {
                all: true,
                ..UnreadableSettings::default()
            },
            ..Self::default()
        }
    }

    /// Reads a tree; null means nothing set.
    #[must_use]
    pub fn parse(tree: &Tree) -> Self {
        match tree {
            Tree::Null => Self::default(),
            Tree::Map(_) => SettingsReader::default().all(tree),
            _ => Self::unreadable(),
        }
    }

    /// Why the form must not be shown, if so.
    #[must_use]
    pub fn error(&self) -> Option<FrameErrorCode> {
        let UnreadableSettings {
            all,
            consent,
            accept,
        } = self.unreadable;
        match (all, consent, accept) {
            (true, ..) => Some(FrameErrorCode::BadSettings),
            (_, true, _) => Some(FrameErrorCode::BadConsent),
            (.., true) => Some(FrameErrorCode::BadAccept),
            _ => None,
        }
    }

    /// For an update: where the new consent or accept cannot be read, what stood before stands on. Takes it out of there.
    #[must_use]
    pub fn keep_previous(mut self, stood: &mut Settings) -> Self {
        use core::mem::take;
        let unreadable = &mut self.unreadable;
        let accepts = !stood.accept.brands.is_empty() || !stood.accept.funding.is_empty();
        if take(&mut unreadable.all) {
            self.settings = take(stood);
        } else {
            if stood.consent.is_some() && take(&mut unreadable.consent) {
                self.settings.consent = stood.consent.take();
            }
            if accepts && take(&mut unreadable.accept) {
                self.settings.accept = take(&mut stood.accept);
            }
        }
        self
    }

    /// Drops the colours that the browser does not know: what a colour's name is, it knows best.
    pub fn retain_colors(&mut self, is_color: impl Fn(&str) -> bool) {
        let mut ignored = IgnoredSettings(core::mem::take(&mut self.ignored));
        for (name, color) in self.settings.appearance.variables.colors() {
            if color
                .as_ref()
                .is_some_and(|color| !is_color(color.as_str()))
            {
                *color = None;
                ignored.push(VARIABLES, name, COLOR);
            }
        }
        self.ignored = ignored.0;
    }
}

impl From<Settings> for ParsedSettings {
    fn from(settings: Settings) -> Self {
        Self {
            settings,
            ..Self::default()
        }
    }
}
