//! A browser page: finding elements, reading, clicking, typing, and entering frames.
//!
//! Every wait has a timeout and an error message.

use std::time::Duration;

use serde_json::Value;
use thirtyfour::{By, Key, WebDriver, WebElement};

use crate::wait::{until, until_within};
use crate::{StepResult, fail};

/// Between two keys: faster than a user, slower than one task of the page.
const KEY_INTERVAL: Duration = Duration::from_millis(5);

/// A page in a browser.
#[derive(Clone)]
pub struct Page {
    pub driver: WebDriver,
}

impl Page {
    /// Loads a URL in the top frame.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn visit(&self, url: &str) -> StepResult {
        self.driver.enter_default_frame().await?;
        self.driver.goto(url).await?;
        Ok(())
    }

    /// Switches to the top frame.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn leave_frames(&self) -> StepResult {
        Ok(self.driver.enter_default_frame().await?)
    }

    /// Enters nested iframes from the top frame; each selector is evaluated in the frame before.
    ///
    /// # Errors
    /// When an iframe does not appear.
    pub async fn enter_frames(&self, frames: &[&str]) -> StepResult {
        until(&format!("the frames {frames:?}"), || async {
            self.leave_frames().await?;
            for frame in frames {
                self.driver
                    .find(By::Css(*frame))
                    .await?
                    .enter_frame()
                    .await?;
            }
            Ok(Some(()))
        })
        .await
    }

    /// Waits for a visible element.
    ///
    /// # Errors
    /// When none appears.
    pub async fn find(&self, selector: &str) -> StepResult<WebElement> {
        until(selector, || async {
            for element in self.driver.find_all(By::Css(selector)).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Whether such an element is visible now.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn is_visible(&self, selector: &str) -> StepResult<bool> {
        for element in self.driver.find_all(By::Css(selector)).await? {
            if element.is_displayed().await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Counts the matching elements.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn count(&self, selector: &str) -> StepResult<usize> {
        Ok(self.driver.find_all(By::Css(selector)).await?.len())
    }

    /// Waits until no matching element is visible.
    ///
    /// # Errors
    /// When one remains.
    pub async fn wait_gone(&self, selector: &str) -> StepResult {
        until(&format!("{selector} to disappear"), || async {
            Ok((!self.is_visible(selector).await?).then_some(()))
        })
        .await
    }

    /// Clicks an element as soon as it can be clicked.
    ///
    /// # Errors
    /// When it does not appear or is covered.
    pub async fn click(&self, selector: &str) -> StepResult {
        until(&format!("clicking {selector}"), || async {
            self.find(selector).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Types into an input, after its value.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn type_into(&self, selector: &str, text: &str) -> StepResult {
        Ok(self.find(selector).await?.send_keys(text).await?)
    }

    /// Types keys into the focused element, in any frame.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn type_keys(&self, keys: &str) -> StepResult {
        Ok(self
            .driver
            .action_chain_with_delay(Some(KEY_INTERVAL), None)
            .send_keys(keys)
            .perform()
            .await?)
    }

    /// Presses one key on the focused element.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn type_key(&self, key: Key) -> StepResult {
        let chain = self
            .driver
            .action_chain_with_delay(Some(KEY_INTERVAL), None);
        Ok(chain.key_down(key.clone()).key_up(key).perform().await?)
    }

    /// Waits until an element has text and returns it.
    ///
    /// # Errors
    /// When it stays empty.
    pub async fn read(&self, selector: &str) -> StepResult<String> {
        self.read_within(crate::wait::TIMEOUT, selector).await
    }

    /// As [`Self::read`], with another timeout.
    ///
    /// # Errors
    /// When it stays empty.
    pub async fn read_within(&self, limit: Duration, selector: &str) -> StepResult<String> {
        until_within(limit, &format!("text in {selector}"), || async {
            for element in self.driver.find_all(By::Css(selector)).await? {
                let text = element.text().await?;
                if !text.trim().is_empty() {
                    return Ok(Some(text.trim().to_owned()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits until an element's text contains `expected`, and returns the text.
    ///
    /// # Errors
    /// The actual text after the timeout.
    pub async fn wait_text(&self, selector: &str, expected: &str) -> StepResult<String> {
        let last = std::sync::Mutex::new(String::new());
        let found = until(&format!("{selector} to contain “{expected}”"), || async {
            for element in self.driver.find_all(By::Css(selector)).await? {
                let text = element.text().await?;
                if text.contains(expected) {
                    return Ok(Some(text));
                }
                if !text.is_empty() {
                    *last.lock().map_err(|_| "poisoned")? = text;
                }
            }
            Ok(None)
        })
        .await;
        match found {
            Ok(text) => Ok(text),
            Err(error) => fail(format!(
                "{error}; it contains “{}”",
                last.lock().map(|l| l.clone()).unwrap_or_default()
            )),
        }
    }

    /// Runs a script in the current frame and returns its result.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn evaluate(&self, script: &str) -> StepResult<Value> {
        Ok(self.driver.execute(script, vec![]).await?.json().clone())
    }
}
