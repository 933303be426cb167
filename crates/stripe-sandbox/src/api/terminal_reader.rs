//! The commands of the simulated reader: connect, collect a card, process the payment, disconnect. Called by
//! [`crate::terminal`]. Only one connection may use the reader at a time.

use super::payment_intents::{find, unexpected_state};
use super::{RequestContext, terminal_card, terminal_pay};
use crate::decline::Decline;
use crate::error::ApiError;
use crate::faults::TerminalEffect;
use crate::form::Params;
use crate::key::Rights;
use crate::object::payment_intent::PaymentStatus;
use crate::object::terminal::Connection;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Connects the owner of the token. An earlier connection ends; its script learns that at its next heartbeat.
pub fn connect(ctx: &mut RequestContext<'_>, form: &Params) -> Result<Value, ApiError> {
    let token = form.required("token")?;
    let terminal = &mut ctx.account().terminal;
    let location = terminal.tokens.remove(token).flatten();
    if form.boolean("fail_if_in_use")? && terminal.connection.is_some() {
        return Ok(json!({
            "error": { "code": "reader_error", "message": "The reader is in use by another till." },
        }));
    }
    let session = ctx.account().ids.id("rdr");
    let object = json!({ "session": session, "location": location });
    ctx.account().terminal.connection = Some(Connection {
        session,
        location,
        collected: HashMap::new(),
    });
    Ok(object)
}

/// The simulated reader, as one connection uses it.
pub struct SimulatedReader<'r, 'a> {
    pub ctx: &'r mut RequestContext<'a>,
    pub session: &'r str,
    /// The fault that applies to this command.
    pub effect: Option<TerminalEffect>,
}

impl SimulatedReader<'_, '_> {
    pub fn disconnect(&mut self) -> Result<Value, ApiError> {
        let terminal = &mut self.ctx.account().terminal;
        if terminal.connected(self.session).is_some() {
            terminal.connection = None;
        }
        Ok(json!({}))
    }

    /// Reads a card for the intent with the given client secret.
    pub fn collect(&mut self, form: &Params) -> Result<Value, ApiError> {
        let intent = self.intent_of(form.required("client_secret")?)?;
        self.check(&intent, form)?;
        match self.effect {
            Some(TerminalEffect::Lost) => {
                self.disconnect()?;
                return Ok(json!({ "lost": true }));
            }
            Some(TerminalEffect::NeverPresented) => return Ok(json!({ "waiting": true })),
            _ => {}
        }
        let default_wallet = (self.effect == Some(TerminalEffect::Wallet)).then_some("apple_pay");
        let location = match self.ctx.account().terminal.connected(self.session) {
            Some(connection) => connection.location.clone(),
            None => return Ok(json!({ "gone": true })),
        };
        let card = terminal_card::present(self.ctx, form, default_wallet, location)?;
        let tip = form.integer("tip")?;
        let details = terminal_card::describe(self.ctx, &card, tip)?;
        if let Some(connection) = self.ctx.account().terminal.connected(self.session) {
            connection.collected.insert(intent.clone(), (card, tip));
        }
        let mut object = find(self.ctx, &intent)?.to_json(Rights::Secret);
        if let Some(members) = object.as_object_mut() {
            members.insert("sdk_payment_details".to_owned(), details);
        }
        Ok(json!({ "paymentIntent": object }))
    }

    /// Charges the card that was collected for the intent.
    pub fn process(&mut self, form: &Params) -> Result<Value, ApiError> {
        let intent = form.required("payment_intent")?;
        let connection = self.ctx.account().terminal.connected(self.session);
        let card = connection.and_then(|connection| connection.collected.get(intent).cloned());
        let Some((card, tip)) = card else {
            return Err(ApiError::invalid(
                "Collect a payment method for this PaymentIntent before you process it.",
            )
            .code("payment_intent_unexpected_state"));
        };
        if self.effect == Some(TerminalEffect::NetworkError) {
            return Ok(json!({
                "error": { "code": "network_error", "message": "The reader could not reach Stripe. Nothing was charged." },
            }));
        }
        let paid = find(self.ctx, intent)?;
        paid.amount = paid.amount.saturating_sub(paid.tip.take().unwrap_or(0));
        paid.amount = paid.amount.saturating_add(tip.unwrap_or(0));
        paid.tip = tip;
        let forced_decline =
            (self.effect == Some(TerminalEffect::Decline)).then_some(Decline::Generic);
        let charged = terminal_pay::charge(self.ctx, intent, &card, forced_decline);
        // A collected card can be processed once.
        if let Some(connection) = self.ctx.account().terminal.connected(self.session) {
            connection.collected.remove(intent);
        }
        charged.map(|object| json!({ "paymentIntent": object }))
    }

    fn intent_of(&mut self, secret: &str) -> Result<String, ApiError> {
        let id = secret.split("_secret_").next().unwrap_or_default();
        match find(self.ctx, id) {
            Ok(intent) if intent.client_secret == secret => Ok(id.to_owned()),
            _ => Err(ApiError::resource_missing("payment_intent", id, "intent")),
        }
    }

    fn check(&mut self, id: &str, form: &Params) -> Result<(), ApiError> {
        let intent = find(self.ctx, id)?;
        if intent.status != PaymentStatus::RequiresPaymentMethod {
            return Err(unexpected_state(intent, Rights::Secret, "collected"));
        }
        let object = intent.to_json(Rights::Secret);
        let types = object.get("payment_method_types").and_then(Value::as_array);
        if !types.is_some_and(|types| types.iter().any(|kind| kind == "card_present")) {
            return Err(ApiError::invalid(
                "This PaymentIntent takes no card at a reader: its payment_method_types do not include card_present.",
            )
            .code("payment_intent_incompatible_payment_method"));
        }
        let redisplay = form.text("allow_redisplay");
        if intent.setup_future_usage.is_some() && redisplay.is_none() {
            return Err(ApiError::parameter_missing("allow_redisplay"));
        }
        if redisplay.is_some_and(|word| !matches!(word, "always" | "limited" | "unspecified")) {
            return Err(ApiError::invalid(
                "Invalid allow_redisplay: must be one of always, limited, or unspecified",
            )
            .param("allow_redisplay"));
        }
        Ok(())
    }
}
