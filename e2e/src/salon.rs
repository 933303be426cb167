//! A person who books at the salon and pays through BokaMera: on Stripe's page, or in the salon's.

use reqwest::Client;
use serde_json::{Value, json};

use crate::card_form::TestCard;
use crate::person::Person;
use crate::wait::until;
use crate::{Step, fail};

/// The payment form in the salon's page.
const FORM: &str = "iframe[name=embedded-checkout]";
/// The payment, where it has not ended: Stripe's page and form both have it.
const OPEN: &str = "#checkout[data-state=open]";

/// A person at the salon.
pub struct Salon<'a> {
    pub person: &'a Person<'a>,
}

impl Salon<'_> {
    /// Opens the salon's page and chooses a haircut.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn enter(&self) -> Step {
        let url = format!("{}/bokamera.html", self.person.system.booking);
        self.person.page.visit(&url).await?;
        self.person.page.press("[data-treatment='101']").await
    }

    /// Goes to Stripe's page to pay; its address.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn go(&self) -> Step<String> {
        self.person.page.press("[data-action=pay-there]").await?;
        self.person.page.find(OPEN).await?;
        Ok(self.person.page.driver.current_url().await?.to_string())
    }

    /// Opens the payment form in the salon's page, and steps into it.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn open_form(&self) -> Step {
        self.person.page.press("[data-action=pay-here]").await?;
        self.stands("paying").await?;
        self.person.page.step_into(&[FORM]).await?;
        self.person.page.find(OPEN).await.map(drop)
    }

    /// Types a card into the page or form stepped into, and pays.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn pay_with(&self, card: TestCard) -> Step {
        let page = &self.person.page;
        for (input, text) in [
            ("#email", self.person.email.as_str()),
            ("#cardNumber", card.number),
            ("#cardExpiry", "1134"),
            ("#cardCvc", card.cvc),
            ("#billingName", "Ann Lee"),
        ] {
            let field = page.find(input).await?;
            field.clear().await?;
            field.send_keys(text).await?;
        }
        page.press("#submit").await
    }

    /// Waits until the payment in the salon's page stands so.
    ///
    /// # Errors
    /// When it does not come to that.
    pub async fn stands(&self, state: &str) -> Step {
        self.person.page.step_out().await?;
        let wanted = format!("[data-checkout][data-state='{state}']");
        self.person.page.find(&wanted).await.map(drop)
    }

    /// The name the salon's page gave the booking.
    ///
    /// # Errors
    /// When it gave none.
    pub async fn reference(&self) -> Step<String> {
        until("the booking's name", || async {
            let script = "return sessionStorage.getItem('salon.booking')";
            let kept = self.person.page.evaluate(script).await?;
            let name = kept.as_str().and_then(|text| text.split(' ').next());
            Ok(name.map(str::to_owned))
        })
        .await
    }

    /// What the salon's page sends, sent without a browser.
    ///
    /// # Errors
    /// The wire's.
    pub async fn asks(&self, change: Value) -> Step<(u16, Value)> {
        let booking = &self.person.system.booking;
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
        let answer = Client::new().post(url).json(&body).send().await?;
        let status = answer.status().as_u16();
        Ok((status, answer.json().await?))
    }
}
