//! Parses a request body into a plan: the selected fields with their types and arguments. Refuses everything the schema lacks
//! before any field is executed.

use super::error::GraphError;
use super::fragment::FieldCollector;
use super::schema::{Schema, TypeRef};
use super::values::QueryVariables;
use graphql_parser::Pos;
use graphql_parser::query::{
    Definition, OperationDefinition, SelectionSet, VariableDefinition, parse_query,
};
use serde_json::{Map, Value};

/// One selected field.
#[derive(Clone, Debug)]
pub struct SelectedField {
    /// Response name: the alias, or the name.
    pub key: String,
    pub name: String,
    /// Arguments, coerced to their types.
    pub args: Map<String, Value>,
    /// The type it was selected on. An object of another type leaves the field out.
    pub on: String,
    pub ty: TypeRef,
    /// Its selection set, flattened.
    pub selections: Vec<SelectedField>,
    pub at: Pos,
}

/// The operation that a request selects.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Root fields in document order.
    pub fields: Vec<SelectedField>,
}

type Operation<'a> = (
    &'static str,
    Option<&'a str>,
    &'a [VariableDefinition<'a, String>],
    &'a SelectionSet<'a, String>,
);

impl Plan {
    /// Parses a request body with the members `query`, `variables`, `operationName`.
    ///
    /// # Errors
    /// When the body is malformed, the document is no GraphQL, or the schema does not allow it.
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
        // The parser's message would repeat a part of the document, which may hold a card number.
        let document = parse_query::<String>(text)
            .map_err(|_| GraphError::plain("Invalid Syntax : the query is no GraphQL document."))?;
        let operations: Vec<Operation<'_>> = document
            .definitions
            .iter()
            .filter_map(|definition| match definition {
                Definition::Operation(operation) => operation_parts(operation),
                Definition::Fragment(_) => None,
            })
            .collect();
        let operation_name = body.get("operationName").and_then(Value::as_str);
        let operation = match (operation_name, operations.as_slice()) {
            (None, [only]) => Some(only),
            (None, _) => None,
            (Some(name), operations) => operations
                .iter()
                .find(|(_, known, ..)| *known == Some(name)),
        };
        let Some((root, _, definitions, selection)) = operation else {
            return Err(GraphError::plain(
                "Must provide operation name of a query or mutation in the document.",
            ));
        };
        let variables = QueryVariables::read(schema, definitions, sent)?;
        let collector = FieldCollector::new(schema, &document, &variables);
        let fields = collector.collect(selection, root)?;
        if let Some(unused) = variables.unused() {
            return Err(GraphError::plain(format!(
                "Validation error of type UnusedVariable: Unused variable {unused}"
            )));
        }
        Ok(Self { fields })
    }
}

fn operation_parts<'a>(operation: &'a OperationDefinition<'a, String>) -> Option<Operation<'a>> {
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
