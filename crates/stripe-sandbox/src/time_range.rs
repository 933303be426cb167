//! A span of time in a list's query: `created=…`, or `created[gt|gte|lt|lte]=…`. Used by every list.

use crate::error::ApiError;
use crate::form::Params;

/// Which moments a list asks for; each bound is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    from: u64,
    to: u64,
}

impl TimeRange {
    /// Reads the span under `name`; absent, it is all of time.
    ///
    /// # Errors
    /// 400 `parameter_invalid_integer`, and `parameter_unknown` for any other member.
    pub fn read(params: &Params, name: &str) -> Result<Self, ApiError> {
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
        let froms = [
            exact,
            bound("gt")?.map(|moment| moment.saturating_add(1)),
            bound("gte")?,
        ];
        let tos = [
            exact,
            bound("lt")?.map(|moment| moment.saturating_sub(1)),
            bound("lte")?,
        ];
        Ok(Self {
            from: froms.into_iter().flatten().max().unwrap_or(0),
            to: tos.into_iter().flatten().min().unwrap_or(u64::MAX),
        })
    }

    /// Whether the moment, in Unix seconds, lies within.
    #[must_use]
    pub fn contains(&self, moment: i64) -> bool {
        u64::try_from(moment).is_ok_and(|moment| (self.from..=self.to).contains(&moment))
    }
}
