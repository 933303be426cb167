//! The wallet on the booking page as a person meets it: a list, a few buttons, and what they say.

use crate::Step;
use crate::page::Page;

/// The wallet part of a page.
pub struct WalletUi {
    /// The page it is on.
    pub page: Page,
}

impl WalletUi {
    /// Presses one of its buttons, by its `data-action`.
    ///
    /// # Errors
    /// When it cannot be pressed.
    pub async fn press(&self, action: &str) -> Step {
        self.page.step_out().await?;
        self.page
            .press(&format!("[data-wallet] [data-action={action}]"))
            .await
    }

    /// Waits until a card with these last four digits is listed, and returns what its row says.
    ///
    /// # Errors
    /// When it is not.
    pub async fn lists(&self, last4: &str) -> Step<String> {
        self.page.step_out().await?;
        Ok(self
            .page
            .find(&format!("[data-wallet] [data-card][data-last4='{last4}']"))
            .await?
            .text()
            .await?)
    }

    /// How many cards are listed now.
    ///
    /// # Errors
    /// The browser's.
    pub async fn count(&self) -> Step<usize> {
        self.page.step_out().await?;
        self.page.count("[data-wallet] [data-card]").await
    }

    /// Waits until the wallet says it is empty.
    ///
    /// # Errors
    /// When it does not.
    pub async fn is_empty(&self) -> Step {
        self.page.step_out().await?;
        self.page
            .find("[data-wallet][data-state=empty]")
            .await
            .map(drop)
    }

    /// Waits until the wallet announces something that holds these words.
    ///
    /// # Errors
    /// What it says instead.
    pub async fn announces(&self, words: &str) -> Step<String> {
        self.page.step_out().await?;
        self.page
            .reads("[data-wallet-status], [data-wallet-alert]", words)
            .await
    }
}
