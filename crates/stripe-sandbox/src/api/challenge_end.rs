//! Ends a 3D Secure challenge: sets the intent's status by what the person did on the bank's page. Called by
//! [`crate::three_d_secure`] only. A challenge must never end twice.

use super::payment_outcome::ChargeAttempt;
use super::{
    Call, RequestContext, checkout_pay, payment_intents, payment_methods, payment_outcome,
    setup_intents, setup_outcome,
};
use crate::card::CardResult;
use crate::error::ApiError;
use crate::form::Params;
use crate::key::{ApiKey, Rights};
use crate::object::Challenge;
use crate::object::charge::Authentication;
use crate::object::payment_intent::PaymentStatus;
use crate::object::setup_intent::SetupStatus;
use crate::state::{PendingChallenge, SandboxState};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeOutcome {
    Completed,
    /// The person failed, or closed the page. The bank does not distinguish the two.
    Failed,
}

/// What the bank's page shows.
#[derive(Clone, Debug)]
pub struct OpenChallenge {
    /// The intent and its account.
    pub pending: PendingChallenge,
    pub challenge: Challenge,
    pub last4: &'static str,
    /// Minor units and currency; `None` for a setup.
    pub amount: Option<(u64, String)>,
}

/// The challenge `source`, if it is still open.
#[must_use]
pub fn find_open_challenge(state: &SandboxState, source: &str) -> Option<OpenChallenge> {
    let mut accounts = state.accounts();
    let pending = accounts.pending_challenge(source)?;
    let account = accounts.account(&pending.account);
    let (challenge, method, amount) =
        if let Some(intent) = account.setup_intents.get(&pending.intent) {
            let SetupStatus::RequiresAction(challenge) = &intent.status else {
                return None;
            };
            (challenge.clone(), intent.payment_method.clone()?, None)
        } else {
            let intent = account.payment_intents.get(&pending.intent)?;
            let PaymentStatus::RequiresAction(challenge) = &intent.status else {
                return None;
            };
            let amount = Some((intent.amount, intent.currency.clone()));
            (challenge.clone(), intent.payment_method.clone()?, amount)
        };
    if challenge.source != source {
        return None;
    }
    let last4 = account.payment_methods.get(&method)?.card.last4();
    Some(OpenChallenge {
        pending,
        challenge,
        last4,
        amount,
    })
}

/// Ends the challenge `source`. Returns `false`, and changes nothing, when it is not open.
pub fn complete_challenge(state: &SandboxState, source: &str, outcome: ChallengeOutcome) -> bool {
    let Some(OpenChallenge { pending, .. }) = find_open_challenge(state, source) else {
        return false;
    };
    let call = browser_call(&pending);
    let mut accounts = state.accounts();
    let mut ctx = RequestContext::new(&mut accounts, &state.port_origins, &call, None);
    let completed = if pending.intent.starts_with("seti_") {
        complete_setup(&mut ctx, &pending.intent, outcome)
    } else {
        complete_payment(&mut ctx, &pending.intent, outcome)
    };
    checkout_pay::complete_session_of(&mut ctx, &pending.intent);
    completed.is_ok()
}

fn complete_setup(
    ctx: &mut RequestContext<'_>,
    id: &str,
    outcome: ChallengeOutcome,
) -> Result<(), ApiError> {
    let Some(method) = setup_intents::find(ctx, id)?.payment_method.clone() else {
        return Ok(());
    };
    let card_result = payment_methods::find(ctx, &method)?
        .card
        .after_setup_challenge();
    match (outcome, card_result) {
        (ChallengeOutcome::Failed, _) => {
            setup_outcome::fail(ctx, id, &method, setup_outcome::authentication_failure()).map(drop)
        }
        (_, CardResult::Decline(decline)) => {
            setup_outcome::fail(ctx, id, &method, ApiError::card(decline)).map(drop)
        }
        _ => setup_outcome::succeed(ctx, id, &method),
    }
}

fn complete_payment(
    ctx: &mut RequestContext<'_>,
    id: &str,
    outcome: ChallengeOutcome,
) -> Result<(), ApiError> {
    let intent = payment_intents::find(ctx, id)?;
    let by_server = intent.confirmation_method == "manual";
    let Some(method) = intent.payment_method.clone() else {
        return Ok(());
    };
    let attempt = ChargeAttempt {
        intent: id,
        method: &method,
        authentication: Authentication::Challenge,
    };
    let card_result = payment_methods::find(ctx, &method)?
        .card
        .after_charge_challenge();
    match (outcome, card_result) {
        (ChallengeOutcome::Failed, _) => payment_outcome::fail(
            ctx,
            attempt,
            None,
            payment_outcome::authentication_failure(),
        )
        .map(drop),
        (ChallengeOutcome::Completed, _) if by_server => {
            let intent = payment_intents::find(ctx, id)?;
            intent.status = PaymentStatus::RequiresConfirmation;
            intent.authenticated = Some(method);
            Ok(())
        }
        (_, CardResult::Decline(decline)) => {
            payment_outcome::fail(ctx, attempt, Some(decline), ApiError::card(decline)).map(drop)
        }
        _ => payment_outcome::succeed(ctx, attempt),
    }
}

/// A call with a publishable key, because the bank's page has no key. Errors are then stored as a browser may see them.
fn browser_call(pending: &PendingChallenge) -> Call {
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
