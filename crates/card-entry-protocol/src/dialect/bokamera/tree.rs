//! Writes the requests and reads the responses as trees, for the companion.
//!
//! It must never read a response partly, except for the items of an error.

use super::{
    ArticleBody, CheckoutResponse, CheckoutStatus, CreateCheckout, StatusBody, StatusResponse,
    WireSecret,
};
use crate::tree::{FromTree, ToTree, Tree, texts};

texts!(CheckoutStatus, WireSecret);

impl ToTree for ArticleBody {
    fn to_tree(&self) -> Tree {
        let number =
            |number: Option<i32>| number.map_or(Tree::Null, |n| Tree::Number(f64::from(n)));
        Tree::sparse(&mut [
            ("ArticleId", number(self.article_id)),
            ("ArticleTypeId", number(self.article_type_id)),
            ("Quantity", number(self.quantity)),
        ])
    }
}

impl ToTree for CreateCheckout {
    fn to_tree(&self) -> Tree {
        Tree::sparse(&mut [
            ("CompanyId", self.company_id.to_tree()),
            ("CountryCode", self.country_code.to_tree()),
            ("Articles", self.articles.to_tree()),
            ("InternalReferenceId", self.internal_reference_id.to_tree()),
            ("ConfirmationUrl", self.confirmation_url.to_tree()),
            ("CancelUrl", self.cancel_url.to_tree()),
            ("UiMode", self.ui_mode.to_tree()),
        ])
    }
}

impl ToTree for StatusBody {
    fn to_tree(&self) -> Tree {
        Tree::sparse(&mut [
            ("CompanyId", self.company_id.to_tree()),
            ("SessionId", self.session_id.to_tree()),
        ])
    }
}

impl FromTree for CheckoutResponse {
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self {
            session_id: tree.read("SessionId")?,
            url: tree.read("Url")?,
            status: tree.read("Status")?,
            client_secret: tree.read("ClientSecret")?,
            customer_id: tree.read("CustomerId")?,
            payment_intent_client_secret: tree.read("PaymentIntentClientSecret")?,
            payment_intent_id: tree.read("PaymentIntentId")?,
            stripe_account: tree.read("StripeAccount")?,
            publishable_key: tree.read("PublishableKey")?,
        })
    }
}

impl FromTree for StatusResponse {
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self {
            customer_email: tree.read("CustomerEmail")?,
            status: tree.read("Status")?,
        })
    }
}
