//! Objects of one type in the order of their creation, with Stripe's paging. Held by an account.

use crate::error::ApiError;
use crate::form::Params;
use serde_json::{Value, json};
use std::collections::HashMap;

/// The largest `limit`, and the page size without `limit`. Source: <https://docs.stripe.com/api/pagination>.
const MAX_PAGE_SIZE: u64 = 100;
const DEFAULT_PAGE_SIZE: u64 = 10;

/// Objects by id, in the order in which they were added.
#[derive(Clone, Debug)]
pub struct Collection<T> {
    by_id: HashMap<String, T>,
    order: Vec<String>,
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Self {
            by_id: HashMap::new(),
            order: Vec::new(),
        }
    }
}

impl<T> Collection<T> {
    /// Adds an object, or replaces the one with this id.
    pub fn put(&mut self, id: &str, item: T) {
        if self.by_id.insert(id.to_owned(), item).is_none() {
            self.order.push(id.to_owned());
        }
    }

    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        self.by_id.get(id)
    }

    pub fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.by_id.get_mut(id)
    }

    pub fn all(&self) -> impl Iterator<Item = &T> {
        self.order.iter().filter_map(|id| self.by_id.get(id))
    }

    pub fn remove(&mut self, id: &str) -> Option<T> {
        self.order.retain(|known| known != id);
        self.by_id.remove(id)
    }

    /// The objects in no particular order.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.by_id.values_mut()
    }

    pub fn newest_first(&self) -> impl Iterator<Item = (&str, &T)> {
        self.order
            .iter()
            .rev()
            .filter_map(|id| Some((id.as_str(), self.by_id.get(id)?)))
    }

    /// One page of the objects that satisfy `predicate`, newest first, as a Stripe list.
    ///
    /// # Errors
    /// 400 when `limit` is not 1 to 100, and for a cursor that is not in the collection.
    pub fn page(
        &self,
        params: &Params,
        url: &str,
        predicate: impl Fn(&T) -> bool,
        to_json: impl Fn(&T) -> Value,
    ) -> Result<Value, ApiError> {
        let limit = params.integer("limit")?.unwrap_or(DEFAULT_PAGE_SIZE);
        if !(1..=MAX_PAGE_SIZE).contains(&limit) {
            return Err(ApiError::bad_value(
                "parameter_invalid_integer",
                "limit",
                "This value must be between 1 and 100.",
            ));
        }
        if params.text("starting_after").is_some() && params.text("ending_before").is_some() {
            return Err(ApiError::parameters_exclusive(&[
                "starting_after",
                "ending_before",
            ]));
        }
        for name in ["starting_after", "ending_before"] {
            if let Some(id) = params.text(name).filter(|id| self.get(id).is_none()) {
                return Err(ApiError::resource_missing("object", id, name));
            }
        }
        let size = usize::try_from(limit).unwrap_or(1);
        let matching: Vec<(&str, &T)> = self
            .newest_first()
            .filter(|(_, item)| predicate(item))
            .collect();
        let position_of = |name: &str| {
            params.text(name).map(|id| {
                matching
                    .iter()
                    .position(|(known, _)| *known == id)
                    .unwrap_or(matching.len())
            })
        };
        let (from, to) = match (position_of("starting_after"), position_of("ending_before")) {
            (Some(after), _) => (after + 1, (after + 1).saturating_add(size)),
            (None, Some(before)) => (before.saturating_sub(size), before),
            (None, None) => (0, size),
        };
        let more = if params.text("ending_before").is_some() {
            from > 0
        } else {
            matching.len() > to
        };
        let data: Vec<Value> = matching
            .iter()
            .take(to)
            .skip(from)
            .map(|(_, item)| to_json(item))
            .collect();
        Ok(json!({ "object": "list", "url": url, "has_more": more, "data": data }))
    }
}
