//! `POST /graphql`. As at Braintree, the status is 200 even when the body holds errors.

use super::authorization::BraintreeCaller;
use super::gateway_request::{GatewayRequest, graphql_body};
use super::graphql::project::{ObjectStore, Projection};
use super::graphql::{ErrorClass, GraphError, Plan, Schema};
use super::merchant::Merchant;
use super::resolvers::ResolverContext;
use crate::state::SandboxState;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value};
use std::sync::Arc;

/// Handles any request for `/graphql`.
pub async fn graphql(State(state): State<Arc<SandboxState>>, request: Request) -> Response {
    let request = match GatewayRequest::read(&state, request).await {
        Ok(request) => request,
        Err(response) => return response,
    };
    let request_id = format!("00000000-0000-4000-8000-{:012}", request.number);
    let authenticated =
        BraintreeCaller::authenticate(request.authorization.as_deref(), &mut state.braintree());
    let caller = match authenticated {
        Ok(caller) => caller,
        Err(error) => {
            let body = graphql_body(None, &[error], &request_id);
            return request.respond_json(&state, StatusCode::OK, body);
        }
    };
    state.journal.set_account(request.number, &caller.merchant);
    // A task of its own: a client that closes the connection does not abort a call that has started.
    let task_state = Arc::clone(&state);
    let task = tokio::spawn(async move {
        let state = task_state;
        let fault = request.take_fault(&state, &caller.merchant);
        let prevented = request.prevented_by(&state, fault.as_ref(), &request_id);
        if let Some(response) = prevented.await {
            return response;
        }
        let body = execute(&state, &request, &caller, &request_id);
        let effect = fault.map(|(effect, _)| effect);
        request
            .respond_with_fault(&state, effect, (StatusCode::OK, body))
            .await
    });
    task.await.unwrap_or_else(|error| {
        tracing::error!(%error, "GraphQL call failed");
        crate::serve::drop_connection()
    })
}

fn execute(
    state: &SandboxState,
    request: &GatewayRequest,
    caller: &BraintreeCaller,
    request_id: &str,
) -> String {
    let refuse = |error| graphql_body(None, &[error], request_id);
    let schema = match Schema::get() {
        Ok(schema) => schema,
        Err(message) => return refuse(GraphError::of(ErrorClass::Internal, message)),
    };
    if !request.version.as_deref().is_some_and(is_date) {
        return refuse(GraphError::of(
            ErrorClass::UnsupportedClient,
            "The Braintree-Version header is required, as a date: YYYY-MM-DD.",
        ));
    }
    let plan = match Plan::read(schema, &request.body) {
        Ok(plan) => plan,
        Err(error) => return refuse(error),
    };
    let mut merchants = state.braintree();
    let merchant = merchants.merchant(&caller.merchant);
    let (data, errors) = execute_fields(schema, merchant, caller, state, &plan);
    graphql_body(Some(data), &errors, request_id)
}

/// Executes the root fields in document order. A field that fails does not undo the fields before it.
fn execute_fields(
    schema: &Schema,
    merchant: &mut Merchant,
    caller: &BraintreeCaller,
    state: &SandboxState,
    plan: &Plan,
) -> (Value, Vec<GraphError>) {
    let (mut data, mut errors) = (Map::new(), Vec::new());
    for field in &plan.fields {
        let mut context = ResolverContext {
            merchant,
            caller,
            origins: &state.origins,
            partial: Vec::new(),
        };
        let resolved = match field.name.as_str() {
            "__typename" => Ok(field.on.clone().into()),
            _ => context.resolve(field),
        };
        let partial = context
            .partial
            .into_iter()
            .map(|error| error.under("paymentMethod", field.at));
        errors.extend(partial.map(|error| error.under(&field.key, field.at)));
        let projected = match resolved {
            Ok(value) => {
                let store: &dyn ObjectStore = merchant;
                Projection { schema, store }.value(&value, field)
            }
            Err(error) => {
                errors.push(error.under(&field.key, field.at));
                Value::Null
            }
        };
        data.insert(field.key.clone(), projected);
    }
    (Value::Object(data), errors)
}

fn is_date(text: &str) -> bool {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    time::Date::parse(text, &format).is_ok()
}
