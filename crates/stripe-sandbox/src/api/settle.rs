//! The end of a 3D Secure challenge: what the person did at the bank's page becomes the intent's
//! state. Called by the hooks origin only.

use super::payment_end::Try;
use super::{
    Call, Desk, checkout_pay, payment_end, payment_intents, payment_methods, setup_end,
    setup_intents,
};
use crate::card::Step;
use crate::error::ApiError;
use crate::form::Params;
use crate::key::{ApiKey, Rights};
use crate::object::Challenge;
use crate::object::charge::Authentication;
use crate::object::payment_intent::PaymentStatus;
use crate::object::setup_intent::SetupStatus;
use crate::world::{Pending, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Completed,
    /// Failed, or closed the page: the bank does not tell the two apart.
    Failed,
}

/// What the bank's page shows, and where it leads.
#[derive(Clone, Debug)]
pub struct Open {
    /// The intent and its account.
    pub pending: Pending,
    pub challenge: Challenge,
    /// The card's last four digits.
    pub last4: &'static str,
    /// Minor units and currency, when money is moved.
    pub amount: Option<(u64, String)>,
}

/// The challenge `source`, if it still waits.
#[must_use]
pub fn open(world: &World, source: &str) -> Option<Open> {
    let mut books = world.books();
    let pending = books.pending(source)?;
    let account = books.account(&pending.account);
    let (challenge, method, amount) = if let Some(intent) = account.setups.get(&pending.intent) {
        let SetupStatus::RequiresAction(challenge) = &intent.status else {
            return None;
        };
        (challenge.clone(), intent.payment_method.clone()?, None)
    } else {
        let intent = account.payments.get(&pending.intent)?;
        let PaymentStatus::RequiresAction(challenge) = &intent.status else {
            return None;
        };
        let amount = Some((intent.amount, intent.currency.clone()));
        (challenge.clone(), intent.payment_method.clone()?, amount)
    };
    if challenge.source != source {
        return None;
    }
    let last4 = account.methods.get(&method)?.card.last4();
    Some(Open {
        pending,
        challenge,
        last4,
        amount,
    })
}

/// Ends the challenge `source`. `false`: it was over already, and nothing was done.
pub fn settle(world: &World, source: &str, verdict: Verdict) -> bool {
    let Some(Open { pending, .. }) = open(world, source) else {
        return false;
    };
    let call = on_behalf_of(&pending);
    let mut books = world.books();
    let mut desk = Desk::new(&mut books, &world.home, &call, None);
    let settled = if pending.intent.starts_with("seti_") {
        settle_setup(&mut desk, &pending.intent, verdict)
    } else {
        settle_payment(&mut desk, &pending.intent, verdict)
    };
    checkout_pay::moved(&mut desk, &pending.intent);
    settled.is_ok()
}

fn settle_setup(desk: &mut Desk<'_>, id: &str, verdict: Verdict) -> Result<(), ApiError> {
    let Some(method) = setup_intents::known(desk, id)?.payment_method.clone() else {
        return Ok(());
    };
    let step = payment_methods::known(desk, &method)?
        .card
        .after_setup_challenge();
    match (verdict, step) {
        (Verdict::Failed, _) => {
            setup_end::refuse(desk, id, &method, setup_end::unauthenticated()).map(drop)
        }
        (_, Step::Refuse(decline)) => {
            setup_end::refuse(desk, id, &method, ApiError::card(decline)).map(drop)
        }
        _ => setup_end::succeed(desk, id, &method),
    }
}

fn settle_payment(desk: &mut Desk<'_>, id: &str, verdict: Verdict) -> Result<(), ApiError> {
    let intent = payment_intents::known(desk, id)?;
    let by_server = intent.confirmation_method == "manual";
    let Some(method) = intent.payment_method.clone() else {
        return Ok(());
    };
    let tried = Try {
        intent: id,
        method: &method,
        authentication: Authentication::Challenge,
    };
    let step = payment_methods::known(desk, &method)?
        .card
        .after_charge_challenge();
    match (verdict, step) {
        (Verdict::Failed, _) => {
            payment_end::refuse(desk, tried, None, payment_end::unauthenticated()).map(drop)
        }
        (Verdict::Completed, _) if by_server => {
            let intent = payment_intents::known(desk, id)?;
            intent.status = PaymentStatus::RequiresConfirmation;
            intent.authenticated = Some(method);
            Ok(())
        }
        (_, Step::Refuse(decline)) => {
            payment_end::refuse(desk, tried, Some(decline), ApiError::card(decline)).map(drop)
        }
        _ => payment_end::succeed(desk, tried),
    }
}

/// The bank acts for nobody's key; what it leaves behind is shaped for a browser, the narrower view.
fn on_behalf_of(pending: &Pending) -> Call {
    let (account, connected) = match pending.account.split_once('/') {
        Some((account, connected)) => (account, Some(connected.to_owned())),
        None => (pending.account.as_str(), None),
    };
    Call {
        method: "POST".to_owned(),
        path: String::new(),
        params: Params::default(),
        key: ApiKey {
            rights: Rights::Publishable,
            account: account.to_owned(),
        },
        version: None,
        connected,
        idempotency_key: None,
        request_id: None,
    }
}
