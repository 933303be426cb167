//! The schema, read once from `braintree/schema/*.graphql`. Asked about every field, argument and type of a document.

use graphql_parser::schema::{Definition, InputValue, Type, TypeDefinition, parse_schema};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A type as it is written: `[String!]!`.
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
pub enum Kind {
    Scalar,
    Enum(BTreeSet<String>),
    /// Fields that can be asked for.
    Object(BTreeMap<String, FieldDef>),
    /// An interface or a union: its own fields, and the objects it may be.
    Abstract(BTreeMap<String, FieldDef>, BTreeSet<String>),
    /// Members that can be sent.
    Input(Vec<InputDef>),
}

impl Kind {
    /// The fields one may ask such a type for; none for a scalar or an enum.
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
    types: BTreeMap<String, Kind>,
}

impl Schema {
    /// The sandbox's schema.
    ///
    /// # Errors
    /// What is wrong with the files; a test sees to it that nothing is.
    pub fn get() -> Result<&'static Self, &'static str> {
        SCHEMA.as_ref().map_err(String::as_str)
    }

    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.types.get(name)
    }

    /// Whether an object of type `object` satisfies a fragment on `condition`.
    #[must_use]
    pub fn fits(&self, object: &str, condition: &str) -> bool {
        object == condition
            || matches!(self.kind(condition), Some(Kind::Abstract(_, members)) if members.contains(object))
    }

    /// Whether any object is both: otherwise a fragment could never apply.
    #[must_use]
    pub fn overlap(&self, one: &str, other: &str) -> bool {
        let objects = |name: &str| match self.kind(name) {
            Some(Kind::Abstract(_, members)) => members.clone(),
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
                TypeDefinition::Scalar(it) => (it.name, Kind::Scalar),
                TypeDefinition::Enum(it) => {
                    let values = it.values.into_iter().map(|value| value.name).collect();
                    (it.name, Kind::Enum(values))
                }
                TypeDefinition::InputObject(it) => (it.name, Kind::Input(inputs(it.fields))),
                TypeDefinition::Object(it) => {
                    let name = it.name.clone();
                    implemented.extend(
                        it.implements_interfaces
                            .into_iter()
                            .map(|interface| (interface, name.clone())),
                    );
                    (it.name, Kind::Object(fields(it.fields)))
                }
                TypeDefinition::Interface(it) => {
                    (it.name, Kind::Abstract(fields(it.fields), BTreeSet::new()))
                }
                TypeDefinition::Union(it) => (
                    it.name,
                    Kind::Abstract(BTreeMap::new(), it.types.into_iter().collect()),
                ),
            };
            schema.types.insert(name, kind);
        }
        for scalar in ["String", "ID", "Int", "Float", "Boolean"] {
            schema.types.insert(scalar.to_owned(), Kind::Scalar);
        }
        for (interface, object) in implemented {
            match schema.types.get_mut(&interface) {
                Some(Kind::Abstract(_, members)) => members.insert(object),
                _ => {
                    return Err(format!(
                        "{object} implements {interface}, which is no interface"
                    ));
                }
            };
        }
        schema.whole().map(|()| schema)
    }

    /// Every type that is named is there.
    fn whole(&self) -> Result<(), String> {
        let known = |ty: &TypeRef| match self.kind(name_of(ty)) {
            Some(_) => Ok(()),
            None => Err(format!("there is no type {}", name_of(ty))),
        };
        for kind in self.types.values() {
            for field in kind.fields().into_iter().flat_map(BTreeMap::values) {
                known(&field.ty)?;
                field.args.iter().try_for_each(|arg| known(&arg.ty))?;
            }
            if let Kind::Input(members) = kind {
                members.iter().try_for_each(|member| known(&member.ty))?;
            }
        }
        Ok(())
    }
}

/// The name at the heart of a type.
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
    fn the_schema_can_be_read_and_names_no_unknown_type() {
        assert!(
            super::Schema::get().is_ok(),
            "{:?}",
            super::Schema::get().err()
        );
    }
}
