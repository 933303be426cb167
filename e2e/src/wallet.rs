//! The wallet's section of a page: its list, its buttons and its messages.

use crate::StepResult;
use crate::page::Page;

pub struct WalletUi {
    pub page: Page,
}

impl WalletUi {
    /// Clicks the button with this `data-action`.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn click(&self, action: &str) -> StepResult {
        self.page.leave_frames().await?;
        self.page
            .click(&format!("[data-wallet] [data-action={action}]"))
            .await
    }

    /// Waits until a card with these last four digits is listed, and returns the text of its row.
    ///
    /// # Errors
    /// When it is not.
    pub async fn wait_listed(&self, last4: &str) -> StepResult<String> {
        self.page.leave_frames().await?;
        Ok(self
            .page
            .find(&format!("[data-wallet] [data-card][data-last4='{last4}']"))
            .await?
            .text()
            .await?)
    }

    /// The number of listed cards.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn count(&self) -> StepResult<usize> {
        self.page.leave_frames().await?;
        self.page.count("[data-wallet] [data-card]").await
    }

    /// Waits until the wallet is empty.
    ///
    /// # Errors
    /// When it does not.
    pub async fn wait_empty(&self) -> StepResult {
        self.page.leave_frames().await?;
        self.page
            .find("[data-wallet][data-state=empty]")
            .await
            .map(drop)
    }

    /// Waits until the wallet's status or alert contains this text.
    ///
    /// # Errors
    /// The actual text after the timeout.
    pub async fn wait_announcement(&self, text: &str) -> StepResult<String> {
        self.page.leave_frames().await?;
        self.page
            .wait_text("[data-wallet-status], [data-wallet-alert]", text)
            .await
    }
}
