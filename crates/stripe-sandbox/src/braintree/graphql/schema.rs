//! The schema, parsed once from `braintree/schema/*.graphql`. Every document is validated against it.

use graphql_parser::schema::{Definition, InputValue, Type, TypeDefinition, parse_schema};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A type reference such as `[String!]!`.
pub type TypeRef = Type<'static, String>;

static SCHEMA: LazyLock<Result<Schema, String>> = LazyLock::new(|| {
    let text = [
        include_str!("../schema/root.graphql"),
        include_str!("../schema/cards.graphql"),
        include_str!("../schema/client.graphql"),
        include_str!("../schema/vault.graphql"),
        include_str!("../schema/transactions.graphql"),
    ];
    Schema::read(&text.join("\n"))
});

/// One argument, or one member of an input object.
#[derive(Clone, Debug)]
pub struct InputDef {
    pub name: String,
    pub ty: TypeRef,
}

/// One field of an object or an interface.
#[derive(Clone, Debug)]
pub struct FieldDef {
    pub ty: TypeRef,
    pub args: Vec<InputDef>,
}

#[derive(Clone, Debug)]
pub enum TypeKind {
    Scalar,
    Enum(BTreeSet<String>),
    Object(BTreeMap<String, FieldDef>),
    /// An interface or a union: its fields and its possible object types.
    Abstract(BTreeMap<String, FieldDef>, BTreeSet<String>),
    Input(Vec<InputDef>),
}

impl TypeKind {
    /// The fields that can be selected; `None` for a scalar, an enum and an input object.
    #[must_use]
    pub fn fields(&self) -> Option<&BTreeMap<String, FieldDef>> {
        match self {
            Self::Object(fields) | Self::Abstract(fields, _) => Some(fields),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Schema {
    types: BTreeMap<String, TypeKind>,
}

impl Schema {
    /// The sandbox's schema.
    ///
    /// # Errors
    /// A message when the schema files are invalid; a test proves that they are valid.
    pub fn get() -> Result<&'static Self, &'static str> {
        SCHEMA.as_ref().map_err(String::as_str)
    }

    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&TypeKind> {
        self.types.get(name)
    }

    /// Whether an object of type `object` satisfies a fragment on `condition`.
    #[must_use]
    pub fn fits(&self, object: &str, condition: &str) -> bool {
        object == condition
            || matches!(self.kind(condition), Some(TypeKind::Abstract(_, members)) if members.contains(object))
    }

    /// Whether two types share an object type. A fragment on a type without overlap can never apply.
    #[must_use]
    pub fn overlap(&self, one: &str, other: &str) -> bool {
        let objects = |name: &str| match self.kind(name) {
            Some(TypeKind::Abstract(_, members)) => members.clone(),
            _ => BTreeSet::from([name.to_owned()]),
        };
        !objects(one).is_disjoint(&objects(other))
    }

    fn read(text: &str) -> Result<Self, String> {
        let document = parse_schema::<String>(text).map_err(|error| error.to_string())?;
        let mut schema = Self::default();
        let mut implemented: Vec<(String, String)> = Vec::new();
        for definition in document.into_static().definitions {
            let Definition::TypeDefinition(definition) = definition else {
                continue;
            };
            let (name, kind) = match definition {
                TypeDefinition::Scalar(it) => (it.name, TypeKind::Scalar),
                TypeDefinition::Enum(it) => {
                    let values = it.values.into_iter().map(|value| value.name).collect();
                    (it.name, TypeKind::Enum(values))
                }
                TypeDefinition::InputObject(it) => (it.name, TypeKind::Input(inputs(it.fields))),
                TypeDefinition::Object(it) => {
                    let name = it.name.clone();
                    implemented.extend(
                        it.implements_interfaces
                            .into_iter()
                            .map(|interface| (interface, name.clone())),
                    );
                    (it.name, TypeKind::Object(fields(it.fields)))
                }
                TypeDefinition::Interface(it) => (
                    it.name,
                    TypeKind::Abstract(fields(it.fields), BTreeSet::new()),
                ),
                TypeDefinition::Union(it) => (
                    it.name,
                    TypeKind::Abstract(BTreeMap::new(), it.types.into_iter().collect()),
                ),
            };
            schema.types.insert(name, kind);
        }
        for scalar in ["String", "ID", "Int", "Float", "Boolean"] {
            schema.types.insert(scalar.to_owned(), TypeKind::Scalar);
        }
        for (interface, object) in implemented {
            match schema.types.get_mut(&interface) {
                Some(TypeKind::Abstract(_, members)) => members.insert(object),
                _ => {
                    return Err(format!(
                        "{object} implements {interface}, which is no interface"
                    ));
                }
            };
        }
        schema.check_type_names().map(|()| schema)
    }

    /// Checks that every type name refers to a type of the schema.
    fn check_type_names(&self) -> Result<(), String> {
        let check = |ty: &TypeRef| match self.kind(name_of(ty)) {
            Some(_) => Ok(()),
            None => Err(format!("there is no type {}", name_of(ty))),
        };
        for kind in self.types.values() {
            for field in kind.fields().into_iter().flat_map(BTreeMap::values) {
                check(&field.ty)?;
                field.args.iter().try_for_each(|arg| check(&arg.ty))?;
            }
            if let TypeKind::Input(members) = kind {
                members.iter().try_for_each(|member| check(&member.ty))?;
            }
        }
        Ok(())
    }
}

/// The named type inside lists and non-null wrappers.
#[must_use]
pub fn name_of(ty: &TypeRef) -> &str {
    match ty {
        Type::NamedType(name) => name,
        Type::ListType(inner) | Type::NonNullType(inner) => name_of(inner),
    }
}

fn fields(
    fields: Vec<graphql_parser::schema::Field<'static, String>>,
) -> BTreeMap<String, FieldDef> {
    fields
        .into_iter()
        .map(|field| {
            let def = FieldDef {
                ty: field.field_type,
                args: inputs(field.arguments),
            };
            (field.name, def)
        })
        .collect()
}

fn inputs(values: Vec<InputValue<'static, String>>) -> Vec<InputDef> {
    values
        .into_iter()
        .map(|value| InputDef {
            name: value.name,
            ty: value.value_type,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_is_valid() {
        assert!(
            super::Schema::get().is_ok(),
            "{:?}",
            super::Schema::get().err()
        );
    }
}
