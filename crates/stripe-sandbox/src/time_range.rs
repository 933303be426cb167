//! A time range in the query of a list: `created=…`, or `created[gt|gte|lt|lte]=…`. Used by the lists of the API.

use crate::error::ApiError;
use crate::form::Params;

/// A range of Unix seconds; both bounds are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    from: u64,
    to: u64,
}

impl TimeRange {
    /// Reads the parameter `name`; without it the range has no bounds.
    ///
    /// # Errors
    /// 400 `parameter_invalid_integer`, and `parameter_unknown` for any other member.
    pub fn parse(params: &Params, name: &str) -> Result<Self, ApiError> {
        let known = ["gt", "gte", "lt", "lte"];
        if let Some(unknown) = params
            .map(name)
            .keys()
            .find(|key| !known.contains(&key.as_str()))
        {
            return Err(ApiError::parameter_unknown(&format!("{name}[{unknown}]")));
        }
        let bound = |side: &str| params.integer(&format!("{name}[{side}]"));
        let exact = params.integer(name)?;
        let lower_bounds = [
            exact,
            bound("gt")?.map(|seconds| seconds.saturating_add(1)),
            bound("gte")?,
        ];
        let upper_bounds = [
            exact,
            bound("lt")?.map(|seconds| seconds.saturating_sub(1)),
            bound("lte")?,
        ];
        Ok(Self {
            from: lower_bounds.into_iter().flatten().max().unwrap_or(0),
            to: upper_bounds.into_iter().flatten().min().unwrap_or(u64::MAX),
        })
    }

    #[must_use]
    pub fn contains(&self, seconds: i64) -> bool {
        u64::try_from(seconds).is_ok_and(|seconds| (self.from..=self.to).contains(&seconds))
    }
}
