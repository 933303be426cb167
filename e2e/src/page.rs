//! A browser page: finding, reading, pressing, and stepping in and out of frames.
//!
//! Called by the people and their forms. Every wait has a limit and a sentence.

use std::time::Duration;

use serde_json::Value;
use thirtyfour::{By, Key, WebDriver, WebElement};

use crate::wait::{until, until_within};
use crate::{Step, fail};

/// Between two keys: quicker than a person, slower than one task of the page.
const KEY_PAUSE: Duration = Duration::from_millis(5);

/// A page in a browser.
#[derive(Clone)]
pub struct Page {
    pub driver: WebDriver,
}

impl Page {
    /// Goes to an address and forgets every frame stepped into.
    ///
    /// # Errors
    /// The browser's.
    pub async fn visit(&self, url: &str) -> Step {
        self.driver.enter_default_frame().await?;
        self.driver.goto(url).await?;
        Ok(())
    }

    /// Steps out to the top page.
    ///
    /// # Errors
    /// The browser's.
    pub async fn step_out(&self) -> Step {
        Ok(self.driver.enter_default_frame().await?)
    }

    /// Steps from the top page through iframes, each found by a selector in the one before.
    ///
    /// # Errors
    /// When an iframe does not come.
    pub async fn step_into(&self, frames: &[&str]) -> Step {
        until(&format!("the frames {frames:?}"), || async {
            self.step_out().await?;
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

    /// Waits for an element that can be seen.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn find(&self, selector: &str) -> Step<WebElement> {
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

    /// Whether such an element can be seen now.
    ///
    /// # Errors
    /// The browser's.
    pub async fn shows(&self, selector: &str) -> Step<bool> {
        for element in self.driver.find_all(By::Css(selector)).await? {
            if element.is_displayed().await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many such elements there are.
    ///
    /// # Errors
    /// The browser's.
    pub async fn count(&self, selector: &str) -> Step<usize> {
        Ok(self.driver.find_all(By::Css(selector)).await?.len())
    }

    /// Waits until such an element is gone or hidden.
    ///
    /// # Errors
    /// When it stays.
    pub async fn loses(&self, selector: &str) -> Step {
        until(&format!("{selector} to go"), || async {
            Ok((!self.shows(selector).await?).then_some(()))
        })
        .await
    }

    /// Presses an element, once it can be pressed.
    ///
    /// # Errors
    /// When it does not come, or something lies above it.
    pub async fn press(&self, selector: &str) -> Step {
        until(&format!("pressing {selector}"), || async {
            self.find(selector).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Types into an input, after what is there.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn write(&self, selector: &str, text: &str) -> Step {
        Ok(self.find(selector).await?.send_keys(text).await?)
    }

    /// Types keys to whatever has the focus, in whichever frame it is.
    ///
    /// # Errors
    /// The browser's.
    pub async fn type_keys(&self, keys: &str) -> Step {
        Ok(self
            .driver
            .action_chain_with_delay(Some(KEY_PAUSE), None)
            .send_keys(keys)
            .perform()
            .await?)
    }

    /// Presses one key on whatever has the focus.
    ///
    /// # Errors
    /// The browser's.
    pub async fn type_key(&self, key: Key) -> Step {
        let chain = self.driver.action_chain_with_delay(Some(KEY_PAUSE), None);
        Ok(chain.key_down(key.clone()).key_up(key).perform().await?)
    }

    /// The text of an element, waiting until it has any.
    ///
    /// # Errors
    /// When it stays empty.
    pub async fn read(&self, selector: &str) -> Step<String> {
        self.read_within(crate::wait::PATIENCE, selector).await
    }

    /// The text of an element, waiting so long until it has any.
    ///
    /// # Errors
    /// When it stays empty.
    pub async fn read_within(&self, limit: Duration, selector: &str) -> Step<String> {
        until_within(limit, &format!("words in {selector}"), || async {
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

    /// Waits until an element says something that holds `words`, and returns all it says.
    ///
    /// # Errors
    /// What it says instead.
    pub async fn reads(&self, selector: &str, words: &str) -> Step<String> {
        let last = std::sync::Mutex::new(String::new());
        let found = until(&format!("{selector} to say “{words}”"), || async {
            for element in self.driver.find_all(By::Css(selector)).await? {
                let text = element.text().await?;
                if text.contains(words) {
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
                "{error}; it says “{}”",
                last.lock().map(|l| l.clone()).unwrap_or_default()
            )),
        }
    }

    /// Runs a script's `return …` in the frame stepped into.
    ///
    /// # Errors
    /// The script's.
    pub async fn evaluate(&self, script: &str) -> Step<Value> {
        Ok(self.driver.execute(script, vec![]).await?.json().clone())
    }
}
