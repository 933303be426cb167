//! Where the focus goes after a step, as the value of `data-focus` on the node that takes it.
//!
//! Made by [`super::Screen::act`], carried out by the Leptos `Wallet`.

/// A place that takes the focus; numbers count the rows from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The wallet's heading.
    Heading,
    /// A card of the list.
    Row(usize),
    /// A card's Replace button.
    Replace(usize),
    /// A card's Delete button.
    Delete(usize),
    /// A card's Make default button.
    Choose(usize),
    /// The question before a delete.
    Question(usize),
    /// The note of a refused delete.
    Note(usize),
    /// The warning before a replace.
    Warning,
    /// The heading above the frame.
    Panel,
    /// The Add button.
    Add,
    /// The sign-in button.
    SignIn,
    /// The retry button.
    Retry,
}

impl Focus {
    /// The value of `data-focus`.
    #[must_use]
    pub fn name(self) -> String {
        let (word, row) = match self {
            Self::Heading => return "heading".to_owned(),
            Self::Warning => return "warning".to_owned(),
            Self::Panel => return "panel".to_owned(),
            Self::Add => return "add".to_owned(),
            Self::SignIn => return "sign-in".to_owned(),
            Self::Retry => return "retry".to_owned(),
            Self::Row(row) => ("row", row),
            Self::Replace(row) => ("replace", row),
            Self::Delete(row) => ("delete", row),
            Self::Choose(row) => ("choose", row),
            Self::Question(row) => ("question", row),
            Self::Note(row) => ("note", row),
        };
        format!("{word}-{row}")
    }
}
