//! The element that gets the focus after an event, as the value of its attribute `data-focus`.
//!
//! Made by [`super::WalletViewModel::handle`], applied by the Leptos `Wallet`.

/// An element that can get the focus. Numbers are the index of a card in the list, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FocusTarget {
    /// The heading of the wallet.
    Heading,
    /// A card of the list.
    Row(usize),
    /// The Replace button of a card.
    Replace(usize),
    /// The Delete button of a card.
    Delete(usize),
    /// The Make default button of a card.
    SetDefault(usize),
    /// The question before a delete.
    Question(usize),
    /// The text about a refused action.
    Note(usize),
    /// The warning that a card will be replaced.
    Warning,
    /// The heading above the form.
    Panel,
    /// The Add button below the list.
    Add,
    /// The Sign in button above the list.
    SignIn,
    /// The Try again button of a failed list.
    Retry,
}

impl FocusTarget {
    /// The value of `data-focus`, such as `heading` or `delete-0`.
    #[must_use]
    pub fn attribute(self) -> String {
        let (prefix, row) = match self {
            Self::Heading => return "heading".to_owned(),
            Self::Warning => return "warning".to_owned(),
            Self::Panel => return "panel".to_owned(),
            Self::Add => return "add".to_owned(),
            Self::SignIn => return "sign-in".to_owned(),
            Self::Retry => return "retry".to_owned(),
            Self::Row(row) => ("row", row),
            Self::Replace(row) => ("replace", row),
            Self::Delete(row) => ("delete", row),
            Self::SetDefault(row) => ("set-default", row),
            Self::Question(row) => ("question", row),
            Self::Note(row) => ("note", row),
        };
        format!("{prefix}-{row}")
    }
}
