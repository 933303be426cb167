//! A document as it was sent, made into a plan: which fields of which types, with which arguments. Whatever the schema
//! does not know is refused here, before anything is carried out.

use super::error::GraphError;
use super::fragment::Flat;
use super::schema::{Schema, TypeRef};
use super::values::Variables;
use graphql_parser::Pos;
use graphql_parser::query::{
    Definition, OperationDefinition, SelectionSet, VariableDefinition, parse_query,
};
use serde_json::{Map, Value};

/// One field that is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its name in the answer.
    pub key: String,
    /// Its name in the schema.
    pub name: String,
    /// Its arguments, as their types allow.
    pub args: Map<String, Value>,
    /// The type it was asked of: an object of another type does not answer it.
    pub on: String,
    pub ty: TypeRef,
    /// What of that is asked for.
    pub sub: Vec<Asked>,
    pub at: Pos,
}

/// What one request asks for.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The fields of `Query` or `Mutation`, in their order.
    pub fields: Vec<Asked>,
}

type Operation<'a> = (
    &'static str,
    Option<&'a str>,
    &'a [VariableDefinition<'a, String>],
    &'a SelectionSet<'a, String>,
);

impl Plan {
    /// Reads the body of a request: `query`, `variables`, `operationName`.
    ///
    /// # Errors
    /// When it is no such body, no GraphQL, or not right for the schema.
    pub fn read(schema: &Schema, body: &str) -> Result<Self, GraphError> {
        let body: Value = serde_json::from_str(body)
            .map_err(|_| GraphError::plain("The body of the request is not JSON."))?;
        let Some(text) = body.get("query").and_then(Value::as_str) else {
            return Err(GraphError::plain(
                "The body of the request must have a 'query'.",
            ));
        };
        let none = Map::new();
        let sent = match body.get("variables") {
            None | Some(Value::Null) => &none,
            Some(Value::Object(sent)) => sent,
            Some(_) => return Err(GraphError::plain("'variables' must be an object.")),
        };
        // The parser's words would repeat a part of the document, and a document may hold a card number.
        let document = parse_query::<String>(text)
            .map_err(|_| GraphError::plain("Invalid Syntax : the query is no GraphQL document."))?;
        let operations: Vec<Operation<'_>> = document
            .definitions
            .iter()
            .filter_map(|definition| match definition {
                Definition::Operation(operation) => parts(operation),
                Definition::Fragment(_) => None,
            })
            .collect();
        let wanted = body.get("operationName").and_then(Value::as_str);
        let chosen = match (wanted, operations.as_slice()) {
            (None, [only]) => Some(only),
            (None, _) => None,
            (Some(name), many) => many.iter().find(|(_, known, ..)| *known == Some(name)),
        };
        let Some((root, _, definitions, selection)) = chosen else {
            return Err(GraphError::plain(
                "Must provide operation name of a query or mutation in the document.",
            ));
        };
        let variables = Variables::read(schema, definitions, sent)?;
        let flat = Flat::new(schema, &document, &variables);
        let fields = flat.fields(selection, root)?;
        if let Some(unused) = variables.unused() {
            return Err(GraphError::plain(format!(
                "Validation error of type UnusedVariable: Unused variable {unused}"
            )));
        }
        Ok(Self { fields })
    }
}

fn parts<'a>(operation: &'a OperationDefinition<'a, String>) -> Option<Operation<'a>> {
    match operation {
        OperationDefinition::SelectionSet(set) => Some(("Query", None, &[], set)),
        OperationDefinition::Query(it) => Some((
            "Query",
            it.name.as_deref(),
            &it.variable_definitions,
            &it.selection_set,
        )),
        OperationDefinition::Mutation(it) => Some((
            "Mutation",
            it.name.as_deref(),
            &it.variable_definitions,
            &it.selection_set,
        )),
        OperationDefinition::Subscription(_) => None,
    }
}
