//! What the vendors' schemas demand of a document, as a table of our own.

use serde_json::Value;

/// What a value has to be.
#[derive(Debug, Clone, Copy)]
pub enum Is {
    Text,
    Int,
    Num,
    Bool,
    /// `2024-10-10`
    Date,
    /// `2024-10-10T01:01:59+02:00`, perhaps with milliseconds
    Local,
    /// ends in `+00:00` or `Z`
    Utc,
    /// without an offset
    Naive,
    /// `PT1H2M3S`
    Duration,
    /// Oura's sample
    Sample,
    /// numbers and nulls
    Items,
    OneOf(&'static [&'static str]),
    List(&'static Is),
    Object(&'static [Field]),
    /// keys `HH:MM`
    Clocked(&'static Is),
    /// comma separated numbers and `null`s
    Data,
    /// an integer from, to
    Within(i64, i64),
}

/// A field: name, whether it must be there, whether it may be null, what it is.
#[derive(Debug, Clone, Copy)]
pub struct Field(pub &'static str, pub bool, pub bool, pub Is);

/// Must be there, and never null.
pub const fn must(name: &'static str, is: Is) -> Field {
    Field(name, true, false, is)
}

/// May be missing or null.
pub const fn may(name: &'static str, is: Is) -> Field {
    Field(name, false, true, is)
}

/// May be missing, but never null.
pub const fn bare(name: &'static str, is: Is) -> Field {
    Field(name, false, false, is)
}

pub fn check(value: &Value, fields: &[Field]) -> Result<(), String> {
    let object = value.as_object().ok_or("not an object")?;
    for Field(name, required, nullable, is) in fields {
        match object.get(*name) {
            None if *required => return Err(format!("{name} is missing")),
            Some(Value::Null) if !nullable => return Err(format!("{name} is null")),
            None | Some(Value::Null) => {}
            Some(value) => is.check(value).map_err(|why| format!("{name}: {why}"))?,
        }
    }
    let known = |key: &&String| fields.iter().any(|field| field.0 == key.as_str());
    match object.keys().find(|key| !known(key)) {
        Some(key) => Err(format!("{key} is not in the schema")),
        None => Ok(()),
    }
}

impl Is {
    fn check(self, value: &Value) -> Result<(), String> {
        let text = || {
            value
                .as_str()
                .ok_or_else(|| format!("{value:.60} is no text"))
        };
        let demand = |right: bool| {
            if right {
                Ok(())
            } else {
                Err(format!("{value:.60} for {self:?}"))
            }
        };
        match self {
            Self::Text => text().map(drop),
            Self::Int => demand(value.is_i64()),
            Self::Num => demand(value.is_number()),
            Self::Bool => demand(value.is_boolean()),
            Self::Date => demand(text()?.parse::<physiology::Day>().is_ok()),
            Self::Local => {
                let text = text()?;
                let zoned = text
                    .get(text.len() - 6..)
                    .is_some_and(|end| end.starts_with(['+', '-']));
                demand(zoned && chrono::DateTime::parse_from_rfc3339(text).is_ok())
            }
            Self::Utc => {
                let text = text()?;
                let utc = text.ends_with("+00:00") || text.ends_with('Z');
                demand(utc && chrono::DateTime::parse_from_rfc3339(text).is_ok())
            }
            Self::Naive => {
                let read = |format| chrono::NaiveDateTime::parse_from_str(text().unwrap(), format);
                demand(read("%Y-%m-%dT%H:%M:%S").is_ok() || read("%Y-%m-%dT%H:%M").is_ok())
            }
            Self::Duration => {
                let text = text()?;
                demand(text.starts_with("PT") && text.len() > 3 && text.ends_with(['H', 'M', 'S']))
            }
            Self::Sample => check(value, SAMPLE),
            Self::Items => {
                let items = value.as_array().ok_or("not a list")?;
                demand(items.iter().all(|item| item.is_null() || item.is_number()))
            }
            Self::OneOf(words) => demand(words.contains(&text()?)),
            Self::List(inner) => value
                .as_array()
                .ok_or("not a list")?
                .iter()
                .try_for_each(|item| inner.check(item)),
            Self::Object(fields) => check(value, fields),
            Self::Clocked(inner) => {
                let object = value.as_object().ok_or("not an object")?;
                let clock = |key: &str| chrono::NaiveTime::parse_from_str(key, "%H:%M").is_ok();
                demand(object.keys().all(|key| clock(key)))?;
                object.values().try_for_each(|item| inner.check(item))
            }
            Self::Data => demand(
                text()?
                    .split(',')
                    .all(|item| item == "null" || item.parse::<f64>().is_ok()),
            ),
            Self::Within(low, high) => demand(
                value
                    .as_i64()
                    .is_some_and(|value| (low..=high).contains(&value)),
            ),
        }
    }
}

const SAMPLE: &[Field] = &[
    must("interval", Is::Num),
    must("items", Is::Items),
    must("timestamp", Is::Local),
];
