//! The salon's page in the browser, with payments through BokaMera on Stripe's page or in the salon's.

use reqwest::Client;
use serde_json::{Value, json};

use crate::card_form::CardInput;
use crate::user::User;
use crate::wait::until;
use crate::{StepResult, fail};

/// The iframe of the embedded payment form.
const FORM: &str = "iframe[name=embedded-checkout]";
/// An open payment, on Stripe's page or in the embedded form.
const OPEN_CHECKOUT: &str = "#checkout[data-state=open]";

pub struct SalonPage<'a> {
    pub user: &'a User<'a>,
}

impl SalonPage<'_> {
    /// Opens the page and chooses a haircut.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn open(&self) -> StepResult {
        let url = format!("{}/bokamera.html", self.user.system.booking);
        self.user.page.visit(&url).await?;
        self.user.page.click("[data-treatment='101']").await
    }

    /// Goes to Stripe's payment page and returns its URL.
    ///
    /// # Errors
    /// When it does not load.
    pub async fn open_payment_page(&self) -> StepResult<String> {
        self.user.page.click("[data-action=pay-there]").await?;
        self.user.page.find(OPEN_CHECKOUT).await?;
        Ok(self.user.page.driver.current_url().await?.to_string())
    }

    /// Opens the embedded payment form and enters its frame.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn open_form(&self) -> StepResult {
        self.user.page.click("[data-action=pay-here]").await?;
        self.wait_state("paying").await?;
        self.user.page.enter_frames(&[FORM]).await?;
        self.user.page.find(OPEN_CHECKOUT).await.map(drop)
    }

    /// Types a card into the current payment page or form, and pays.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn pay_with(&self, card: CardInput) -> StepResult {
        let page = &self.user.page;
        for (input, text) in [
            ("#email", self.user.email.as_str()),
            ("#cardNumber", card.number),
            ("#cardExpiry", "1134"),
            ("#cardCvc", card.cvc),
            ("#billingName", "Ann Lee"),
        ] {
            let field = page.find(input).await?;
            field.clear().await?;
            field.send_keys(text).await?;
        }
        page.click("#submit").await
    }

    /// Waits until the payment in the salon's page has this state.
    ///
    /// # Errors
    /// When it does not reach it.
    pub async fn wait_state(&self, state: &str) -> StepResult {
        self.user.page.leave_frames().await?;
        let wanted = format!("[data-checkout][data-state='{state}']");
        self.user.page.find(&wanted).await.map(drop)
    }

    /// The reference of the booking.
    ///
    /// # Errors
    /// When it has none.
    pub async fn reference(&self) -> StepResult<String> {
        until("the booking's reference", || async {
            let script = "return sessionStorage.getItem('salon.booking')";
            let stored = self.user.page.evaluate(script).await?;
            let reference = stored.as_str().and_then(|text| text.split(' ').next());
            Ok(reference.map(str::to_owned))
        })
        .await
    }

    /// Sends the page's checkout request without a browser, with `change` merged into the body.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn call(&self, change: Value) -> StepResult<(u16, Value)> {
        let booking = &self.user.system.booking;
        let mut body = json!({
            "CompanyId": "b0cab0ca-5a10-4e5a-8a5a-5a1064a6e401", "CountryCode": "SE",
            "Articles": [{"ArticleId": 101, "Quantity": 1}], "InternalReferenceId": "e2e",
            "ConfirmationUrl": format!("{booking}/bokamera.html"),
        });
        let (Some(body_members), Some(members)) = (body.as_object_mut(), change.as_object()) else {
            return fail("a change is an object");
        };
        body_members.extend(members.clone());
        let url = format!("{booking}/bokamera/checkout");
        let response = Client::new().post(url).json(&body).send().await?;
        let status = response.status().as_u16();
        Ok((status, response.json().await?))
    }
}
