//! The URL back to the merchant, when the bank's page was opened outside of a frame. Called by [`super`].

use crate::object::payment_intent::PaymentStatus;
use crate::object::setup_intent::SetupStatus;
use crate::state::{PendingChallenge, SandboxState};

/// The merchant's `return_url` with the parameters that Stripe adds: the intent, its client secret, and
/// `redirect_status`. `None`: there is no `return_url`, or no such challenge.
pub fn return_url(state: &SandboxState, source: &str) -> Option<String> {
    let mut accounts = state.accounts();
    let PendingChallenge {
        account,
        intent,
        return_url,
    } = accounts.pending_challenge(source)?;
    let account = accounts.account(&account);
    let (noun, secret, redirect_status) = if let Some(setup) = account.setup_intents.get(&intent) {
        let redirect_status = match setup.status {
            SetupStatus::Succeeded => "succeeded",
            SetupStatus::Processing | SetupStatus::RequiresAction(_) => "pending",
            _ => "failed",
        };
        ("setup_intent", setup.client_secret.clone(), redirect_status)
    } else {
        let payment = account.payment_intents.get(&intent)?;
        let redirect_status = match payment.status {
            PaymentStatus::Succeeded | PaymentStatus::RequiresCapture => "succeeded",
            PaymentStatus::Processing | PaymentStatus::RequiresAction(_) => "pending",
            _ => "failed",
        };
        (
            "payment_intent",
            payment.client_secret.clone(),
            redirect_status,
        )
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair(noun, &intent)
        .append_pair(&format!("{noun}_client_secret"), &secret)
        .append_pair("redirect_status", redirect_status)
        .finish();
    Some(add_query(&return_url?, &query))
}

/// Adds parameters to the query of a URL, before its fragment.
fn add_query(url: &str, query: &str) -> String {
    let (url, fragment) = url
        .split_once('#')
        .map_or((url, String::new()), |(url, rest)| {
            (url, format!("#{rest}"))
        });
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::add_query;

    #[test]
    fn a_query_goes_before_the_fragment() {
        assert_eq!(
            add_query("https://a.example/", "x=1"),
            "https://a.example/?x=1"
        );
        assert_eq!(
            add_query("https://a.example/?y=2", "x=1"),
            "https://a.example/?y=2&x=1"
        );
        assert_eq!(add_query("app://done?y#top", "x=1"), "app://done?y&x=1#top");
    }
}
