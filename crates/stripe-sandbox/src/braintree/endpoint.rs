//! `/graphql`: from request to answer. As at Braintree, the status is 200 whatever the answer says.

use super::authorization::Caller;
use super::calls::Desk;
use super::graphql::project::{Project, Store};
use super::graphql::{ErrorClass, GraphError, Plan, Schema};
use super::merchant::Merchant;
use super::reply::{Heard, body, spoiled};
use crate::serve::cut;
use crate::trouble::BraintreeTrouble;
use crate::world::World;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value};
use std::sync::Arc;

const JSON: &str = "application/json";

/// Answers any request for `/graphql`.
pub async fn answer(State(world): State<Arc<World>>, request: Request) -> Response {
    let (parts, sent) = request.into_parts();
    let heard = match Heard::read(&world, parts, sent).await {
        Ok(heard) => heard,
        Err(response) => return response,
    };
    let request_id = format!("00000000-0000-4000-8000-{:012}", heard.number);
    let known = Caller::read(heard.authorization.as_deref(), &mut world.braintree());
    let caller = match known {
        Ok(caller) => caller,
        Err(error) => {
            return heard.reply(
                &world,
                Some((StatusCode::OK, JSON, body(None, &[error], &request_id))),
            );
        }
    };
    world.journal.belongs(heard.number, &caller.merchant);
    // A task of its own: a caller who hangs up does not undo what was begun.
    let shared = Arc::clone(&world);
    let begun = tokio::spawn(async move {
        let trouble = heard.trouble(&shared, &caller.merchant);
        if let Some((_, fault)) = &trouble {
            tokio::time::sleep(fault.delay()).await;
        }
        let answer = match &trouble {
            Some((BraintreeTrouble::GraphqlDrop, _)) => None,
            Some((BraintreeTrouble::GraphqlStatus, fault)) => {
                let (status, text) = spoiled(fault, &request_id);
                Some((status, JSON, text))
            }
            _ => Some((
                StatusCode::OK,
                JSON,
                carry_out(&shared, &heard, &caller, &request_id),
            )),
        };
        let trouble = trouble.map(|(trouble, _)| trouble);
        let dropped = trouble == Some(BraintreeTrouble::GraphqlDropAfter);
        let response = heard.reply(&shared, answer.filter(|_| !dropped));
        match trouble {
            Some(BraintreeTrouble::GraphqlCut) => cut(response).await,
            _ => response,
        }
    });
    begun.await.unwrap_or_else(|error| {
        tracing::error!(%error, "a GraphQL call did not end");
        crate::serve::dropped()
    })
}

fn carry_out(world: &World, heard: &Heard, caller: &Caller, request_id: &str) -> String {
    let refuse = |error| body(None, &[error], request_id);
    let schema = match Schema::get() {
        Ok(schema) => schema,
        Err(wrong) => return refuse(GraphError::of(ErrorClass::Internal, wrong)),
    };
    if !heard.version.as_deref().is_some_and(is_date) {
        return refuse(GraphError::of(
            ErrorClass::UnsupportedClient,
            "The Braintree-Version header is required, as a date: YYYY-MM-DD.",
        ));
    }
    let plan = match Plan::read(schema, &heard.body) {
        Ok(plan) => plan,
        Err(error) => return refuse(error),
    };
    let mut gateway = world.braintree();
    let merchant = gateway.merchant(&caller.merchant);
    let (data, errors) = run(schema, merchant, caller, world, &plan);
    body(Some(data), &errors, request_id)
}

/// The fields of a document in their order: one that is refused does not undo those before it.
fn run(
    schema: &Schema,
    merchant: &mut Merchant,
    caller: &Caller,
    world: &World,
    plan: &Plan,
) -> (Value, Vec<GraphError>) {
    let (mut data, mut errors) = (Map::new(), Vec::new());
    for field in &plan.fields {
        let mut desk = Desk {
            merchant,
            caller,
            origins: &world.origins,
            partial: Vec::new(),
        };
        let made = match field.name.as_str() {
            "__typename" => Ok(field.on.clone().into()),
            _ => desk.carry_out(field),
        };
        let partial = desk
            .partial
            .into_iter()
            .map(|error| error.under("paymentMethod", field.at));
        errors.extend(partial.map(|error| error.under(&field.key, field.at)));
        let shown = match made {
            Ok(value) => {
                let store: &dyn Store = merchant;
                Project { schema, store }.value(&value, field)
            }
            Err(error) => {
                errors.push(error.under(&field.key, field.at));
                Value::Null
            }
        };
        data.insert(field.key.clone(), shown);
    }
    (Value::Object(data), errors)
}

fn is_date(text: &str) -> bool {
    let form = time::macros::format_description!("[year]-[month]-[day]");
    time::Date::parse(text, &form).is_ok()
}
