//! A user of the booking page, with their own browser, account and wallet.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use thirtyfour::By;

use crate::browser::Driver;
use crate::card_form::{COMPANION_FRAME, CardForm, CardInput, PLAIN_LISTENER_FRAME};
use crate::page::Page;
use crate::sandbox_api::SandboxApi;
use crate::system::System;
use crate::wallet::WalletUi;
use crate::{StepResult, fail};

/// Satisfies every password rule.
pub const PASSWORD: &str = "harbour-street-9";

static NEXT_USER: AtomicU32 = AtomicU32::new(1);

pub struct User<'a> {
    pub system: &'a System,
    pub driver: &'a Driver,
    pub page: Page,
    /// A new e-mail address.
    pub email: String,
    pub sandbox: SandboxApi,
}

impl<'a> User<'a> {
    /// Opens a browser without loading a page.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open(system: &'a System, driver: &'a Driver) -> StepResult<Self> {
        Self::open_with(system, driver, &[]).await
    }

    /// As [`Self::open`], with more browser arguments.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open_with(
        system: &'a System,
        driver: &'a Driver,
        arguments: &[String],
    ) -> StepResult<Self> {
        let page = Page {
            driver: driver.open(arguments).await?,
        };
        let number = NEXT_USER.fetch_add(1, Ordering::Relaxed);
        let email = format!("ann-{}-{number}@example.com", std::process::id());
        Ok(Self {
            system,
            driver,
            page,
            email,
            sandbox: SandboxApi::new(&system.gateway),
        })
    }

    /// Loads a page of the booking site and signs up.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn sign_up_at(&self, path: &str) -> StepResult {
        self.page
            .visit(&format!("{}{path}", self.system.booking))
            .await?;
        self.submit_sign_up().await
    }

    /// Signs up in the current frame.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn submit_sign_up(&self) -> StepResult {
        for (name, text) in [
            ("first_name", "Ann"),
            ("last_name", "Lee"),
            ("email", &self.email),
            ("password", PASSWORD),
        ] {
            self.page
                .type_into(&format!("#sign-up input[name={name}]"), text)
                .await?;
        }
        self.page
            .click("#sign-up :is(button[type=submit], button:not([type]))")
            .await
    }

    /// Loads the booking page, signs up and waits for an empty wallet.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn sign_up(&self) -> StepResult {
        self.sign_up_at("/").await?;
        self.wallet().wait_empty().await
    }

    #[must_use]
    pub fn wallet(&self) -> WalletUi {
        WalletUi {
            page: self.page.clone(),
        }
    }

    /// The card form inside the companion.
    #[must_use]
    pub fn form(&self) -> CardForm {
        CardForm {
            page: self.page.clone(),
            frame: COMPANION_FRAME,
        }
    }

    /// The card form on the plain listener's page.
    #[must_use]
    pub fn plain_listener_form(&self) -> CardForm {
        CardForm {
            page: self.page.clone(),
            frame: PLAIN_LISTENER_FRAME,
        }
    }

    /// Opens the form, types a card and clicks save.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn try_card(&self, card: CardInput) -> StepResult {
        self.wallet().click("add").await?;
        self.form().type_card(card).await?;
        self.form().save().await
    }

    /// Saves a card without a challenge and waits until it is listed.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn save_card(&self, card: CardInput) -> StepResult {
        self.try_card(card).await?;
        let last4 = card.number.get(12..).unwrap_or_default();
        self.wallet().wait_listed(last4).await.map(drop)
    }

    /// Books the first service and time.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn book(&self) -> StepResult {
        self.page.leave_frames().await?;
        self.page.click("[data-service]").await?;
        self.page.click("[data-time]:not([disabled])").await?;
        self.page.click("[data-action=book]").await?;
        self.page.find("[data-appointment]").await?;
        self.page.click("[data-page-status] ~ button").await // closes the notice
    }

    /// Cancels the one appointment.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn cancel_appointment(&self) -> StepResult {
        self.page.leave_frames().await?;
        self.page.click("[data-action=cancel-appointment]").await?;
        self.page.wait_gone("[data-appointment]").await
    }

    /// Signs in to the wallet API without a browser and returns the user.
    ///
    /// # Errors
    /// When the sign-in fails.
    pub async fn account(&self) -> StepResult<Value> {
        let url = format!("{}/api/mkp/v1/sessions", self.system.wallet);
        let body = json!({"email": self.email, "password": PASSWORD, "company_id": self.system.company_id});
        let response: Value = reqwest::Client::new()
            .post(url)
            .json(&body)
            .send()
            .await?
            .json()
            .await?;
        response
            .get("user")
            .cloned()
            .ok_or_else(|| format!("no user in {response}").into())
    }

    /// The ids of the cards in the wallet API.
    ///
    /// # Errors
    /// When the sign-in fails.
    pub async fn card_ids(&self) -> StepResult<Vec<String>> {
        let account = self.account().await?;
        let cards = account
            .get("credit_cards")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        Ok(cards
            .iter()
            .filter_map(|card| card.get("id")?.as_str().map(str::to_owned))
            .collect())
    }

    /// The customer id and payment method id of the only card.
    ///
    /// # Errors
    /// When there is not exactly one.
    pub async fn one_card(&self) -> StepResult<(String, String)> {
        match self.card_ids().await?.as_slice() {
            [id] => match id.split_once('|') {
                Some((customer, method)) => Ok((customer.to_owned(), method.to_owned())),
                None => fail(format!("{id} is no customer and payment method")),
            },
            other => fail(format!("the wallet has {} cards", other.len())),
        }
    }

    /// Sets a fault of the wallet server. It ends after `count` responses.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn wallet_fault(&self, fault: Value) -> StepResult {
        let url = format!("{}/__faults", self.system.wallet);
        let response = reqwest::Client::new().post(url).json(&fault).send().await?;
        crate::ensure(response.status().is_success(), || {
            format!("the wallet server refused the fault: {}", response.status())
        })
    }

    /// The HTML of the page and of our frames.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn all_html(&self) -> StepResult<String> {
        self.page.leave_frames().await?;
        let mut html = self.page.driver.source().await?;
        for frame in [COMPANION_FRAME, PLAIN_LISTENER_FRAME] {
            self.page.leave_frames().await?;
            if let Ok(element) = self.page.driver.find(By::Css(frame)).await {
                element.enter_frame().await?;
                html.push_str(&self.page.driver.source().await?);
            }
        }
        Ok(html)
    }

    /// # Errors
    /// When the browser fails.
    pub async fn close(self) -> StepResult {
        Ok(self.page.driver.quit().await?)
    }
}
