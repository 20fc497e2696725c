//! The table as JSON.

use physiology::{Day, DayRange, Twin};
use serde::Serialize;
use views::data::{DataRow, DataValue};

use super::DataTable;
use super::csv::{instant, unit};
use crate::Error;

#[derive(Serialize)]
struct Table<'a> {
    days: DayRange,
    rows: Vec<Row<'a>>,
}

/// The same members as the columns of the CSV; null where there is nothing.
#[derive(Serialize)]
struct Row<'a> {
    day: Day,
    twin: &'static str,
    name: &'a str,
    metric: &'static str,
    value: Option<f64>,
    unit: &'static str,
    source: Option<&'static str>,
    quality: Option<&'static str>,
    document: Option<&'a str>,
    measured_at: Option<String>,
    received_at: Option<String>,
    missing: Option<&'static str>,
}

impl DataTable {
    /// As JSON: `{"days": {"first", "last"}, "rows": [{…}]}`, the rows as in the CSV.
    pub fn to_json(&self) -> Result<String, Error> {
        let table = Table {
            days: self.days,
            rows: self.rows.iter().map(|row| self.row(row)).collect(),
        };
        serde_json::to_string(&table).map_err(|error| {
            tracing::error!(%error, "the table cannot be written as JSON");
            Error::Internal
        })
    }

    fn row<'a>(&'a self, row: &'a DataRow) -> Row<'a> {
        let empty = Row {
            day: row.day,
            twin: row.twin.id(),
            name: &self.names[usize::from(row.twin == Twin::B)],
            metric: row.metric.id(),
            value: None,
            unit: unit(row.metric),
            source: None,
            quality: None,
            document: None,
            measured_at: None,
            received_at: None,
            missing: None,
        };
        match &row.value {
            DataValue::Measured {
                value,
                measured_at,
                received_at,
                source,
                quality,
                document,
            } => Row {
                value: Some(*value),
                source: Some(source.id()),
                quality: Some(quality.id()),
                document: Some(document),
                measured_at: Some(instant(*measured_at)),
                received_at: Some(instant(*received_at)),
                ..empty
            },
            DataValue::Missing(absence) => Row {
                missing: Some(absence.id()),
                ..empty
            },
        }
    }
}
