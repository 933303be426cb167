//! A person at the booking page, with a browser of their own and an empty wallet.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use thirtyfour::By;

use crate::browser::Driver;
use crate::card_form::{COMPANION, CardForm, PLAIN, TestCard};
use crate::gateway::Gateway;
use crate::page::Page;
use crate::system::System;
use crate::wallet::WalletUi;
use crate::{Step, fail};

/// A password that any rule accepts.
pub const PASSWORD: &str = "harbour-street-9";

static PEOPLE: AtomicU32 = AtomicU32::new(1);

/// A person, their browser and their account.
pub struct Person<'a> {
    pub system: &'a System,
    /// The driver of their browser.
    pub driver: &'a Driver,
    pub page: Page,
    /// Their e-mail address, unlike anyone's before.
    pub email: String,
    /// The sandbox, to look behind the scenes.
    pub gateway: Gateway,
}

impl<'a> Person<'a> {
    /// Opens a browser; nothing is visited yet.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn arrive(system: &'a System, driver: &'a Driver) -> Step<Self> {
        Self::arrive_with(system, driver, &[]).await
    }

    /// Opens a browser with further arguments; nothing is visited yet.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn arrive_with(
        system: &'a System,
        driver: &'a Driver,
        arguments: &[String],
    ) -> Step<Self> {
        let page = Page {
            driver: driver.open(arguments).await?,
        };
        let number = PEOPLE.fetch_add(1, Ordering::Relaxed);
        let email = format!("ann-{}-{number}@example.com", std::process::id());
        Ok(Self {
            system,
            driver,
            page,
            email,
            gateway: Gateway::new(&system.gateway),
        })
    }

    /// Arrives at a page of the booking site and signs up there.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn sign_up_at(&self, path: &str) -> Step {
        self.page
            .visit(&format!("{}{path}", self.system.booking))
            .await?;
        self.fill_in_sign_up().await
    }

    /// Signs up on the page stepped into.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn fill_in_sign_up(&self) -> Step {
        for (name, text) in [
            ("first_name", "Ann"),
            ("last_name", "Lee"),
            ("email", &self.email),
            ("password", PASSWORD),
        ] {
            self.page
                .write(&format!("#sign-up input[name={name}]"), text)
                .await?;
        }
        self.page
            .press("#sign-up :is(button[type=submit], button:not([type]))")
            .await
    }

    /// Arrives at the booking page and signs up, to an empty wallet.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn sign_up(&self) -> Step {
        self.sign_up_at("/").await?;
        self.wallet().is_empty().await
    }

    /// The wallet on the page.
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
            frame: COMPANION,
        }
    }

    /// The card form on the plain listener's page.
    #[must_use]
    pub fn plain_form(&self) -> CardForm {
        CardForm {
            page: self.page.clone(),
            frame: PLAIN,
        }
    }

    /// Opens the form, types a card and presses Save.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn try_card(&self, card: TestCard) -> Step {
        self.wallet().press("add").await?;
        self.form().type_card(card).await?;
        self.form().save().await
    }

    /// Saves a card that needs nothing more, and sees it listed.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn save_card(&self, card: TestCard) -> Step {
        self.try_card(card).await?;
        let last4 = card.number.get(12..).unwrap_or_default();
        self.wallet().lists(last4).await.map(drop)
    }

    /// Chooses the first service and time and books it.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn book(&self) -> Step {
        self.page.step_out().await?;
        self.page.press("[data-service]").await?;
        self.page.press("[data-time]:not([disabled])").await?;
        self.page.press("[data-action=book]").await?;
        self.page.find("[data-appointment]").await?;
        self.page.press("[data-page-status] ~ button").await // read, and closed
    }

    /// Cancels the one appointment.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn cancel_appointment(&self) -> Step {
        self.page.step_out().await?;
        self.page.press("[data-action=cancel-appointment]").await?;
        self.page.loses("[data-appointment]").await
    }

    /// What the wallet API says of this person, over HTTP and without a browser.
    ///
    /// # Errors
    /// When they cannot sign in.
    pub async fn account(&self) -> Step<Value> {
        let url = format!("{}/api/mkp/v1/sessions", self.system.wallet);
        let body = json!({"email": self.email, "password": PASSWORD, "company_id": self.system.company_id});
        let answer: Value = reqwest::Client::new()
            .post(url)
            .json(&body)
            .send()
            .await?
            .json()
            .await?;
        answer
            .get("user")
            .cloned()
            .ok_or_else(|| format!("no user in {answer}").into())
    }

    /// The ids of the cards the wallet API lists.
    ///
    /// # Errors
    /// When they cannot sign in.
    pub async fn card_ids(&self) -> Step<Vec<String>> {
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

    /// The one card's customer and payment method at the gateway.
    ///
    /// # Errors
    /// When there is not exactly one.
    pub async fn one_card(&self) -> Step<(String, String)> {
        match self.card_ids().await?.as_slice() {
            [id] => match id.split_once('|') {
                Some((customer, method)) => Ok((customer.to_owned(), method.to_owned())),
                None => fail(format!("{id} is no customer and payment method")),
            },
            other => fail(format!("the wallet has {} cards", other.len())),
        }
    }

    /// Sets a fault of the wallet server; lifted by itself after `count` answers.
    ///
    /// # Errors
    /// The wire's.
    pub async fn wallet_fault(&self, fault: Value) -> Step {
        let url = format!("{}/__faults", self.system.wallet);
        let answer = reqwest::Client::new().post(url).json(&fault).send().await?;
        crate::ensure(answer.status().is_success(), || {
            format!("the wallet server takes no fault: {}", answer.status())
        })
    }

    /// Everything on the page and in every frame of ours, as HTML.
    ///
    /// # Errors
    /// The browser's.
    pub async fn all_html(&self) -> Step<String> {
        self.page.step_out().await?;
        let mut html = self.page.driver.source().await?;
        for frame in [COMPANION, PLAIN] {
            self.page.step_out().await?;
            if let Ok(element) = self.page.driver.find(By::Css(frame)).await {
                element.enter_frame().await?;
                html.push_str(&self.page.driver.source().await?);
            }
        }
        Ok(html)
    }

    /// Closes the browser.
    ///
    /// # Errors
    /// The browser's.
    pub async fn leave(self) -> Step {
        Ok(self.page.driver.quit().await?)
    }
}
