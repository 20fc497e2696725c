//! The table as CSV, by RFC 4180.

use chrono::SecondsFormat;
use physiology::metric::Format;
use physiology::{Metric, Timestamp, Twin};
use views::data::{DataRow, DataValue};

use super::DataTable;

const HEADER: [&str; 12] = [
    "day",
    "twin",
    "name",
    "metric",
    "value",
    "unit",
    "source",
    "quality",
    "document",
    "measured_at",
    "received_at",
    "missing",
];

impl DataTable {
    /// As CSV: a header, then a line a row; values unrounded in the unit beside them, days and
    /// instants by ISO 8601, instants in UTC. A missing value is empty, with its reason at the end.
    pub fn to_csv(&self) -> String {
        let mut text = String::with_capacity(160 * (self.rows.len() + 1));
        line(&mut text, HEADER.map(str::to_owned));
        for row in &self.rows {
            line(&mut text, self.fields(row));
        }
        text
    }

    fn fields(&self, row: &DataRow) -> [String; 12] {
        let name = &self.names[usize::from(row.twin == Twin::B)];
        let [
            value,
            source,
            quality,
            document,
            measured,
            received,
            missing,
        ] = match &row.value {
            DataValue::Measured {
                value,
                measured_at,
                received_at,
                source,
                quality,
                document,
            } => [
                // The shortest decimal that reads back to the same bits.
                value.to_string(),
                source.id().to_owned(),
                quality.id().to_owned(),
                harmless(document),
                instant(*measured_at),
                instant(*received_at),
                String::new(),
            ],
            DataValue::Missing(absence) => {
                let none = String::new;
                let reason = absence.id().to_owned();
                [none(), none(), none(), none(), none(), none(), reason]
            }
        };
        [
            row.day.to_string(),
            row.twin.id().to_owned(),
            harmless(name),
            row.metric.id().to_owned(),
            value,
            unit(row.metric).to_owned(),
            source,
            quality,
            document,
            measured,
            received,
            missing,
        ]
    }
}

/// The unit values are exported in. A duration is shown in hours and kept in seconds.
pub(super) const fn unit(metric: Metric) -> &'static str {
    match metric.info().format {
        Format::Duration => "s",
        Format::Decimal(_) | Format::Signed(_) => metric.info().unit,
    }
}

/// `2026-10-13T01:57:00Z`.
pub(super) fn instant(at: Timestamp) -> String {
    at.to_utc().to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe. Numbers
/// are not text, and keep their minus.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn line(text: &mut String, fields: [String; 12]) {
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&field.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(field);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use physiology::{Day, DayRange, Missing, Quality, Source};
    use views::data::Absence;

    use super::*;

    /// RFC 4180 read back by a state machine of its own.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut lines = Vec::new();
        let (mut fields, mut field) = (Vec::new(), String::new());
        let mut quoted = false;
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match (letter, quoted) {
                ('"', true) if letters.peek() == Some(&'"') => {
                    letters.next();
                    field.push('"');
                }
                ('"', _) => quoted = !quoted,
                (',', false) => fields.push(core::mem::take(&mut field)),
                ('\r', false) => {
                    assert_eq!(letters.next(), Some('\n'), "a bare carriage return");
                    fields.push(core::mem::take(&mut field));
                    lines.push(core::mem::take(&mut fields));
                }
                (other, _) => field.push(other),
            }
        }
        assert!(!quoted && field.is_empty() && fields.is_empty(), "cut off");
        lines
    }

    fn table(names: [&str; 2], values: &[(Metric, DataValue)]) -> DataTable {
        let day: Day = "2026-10-13".parse().unwrap();
        DataTable {
            days: DayRange::new(day, day),
            names: names.map(str::to_owned),
            rows: values
                .iter()
                .map(|(metric, value)| DataRow {
                    day,
                    twin: Twin::B,
                    metric: *metric,
                    value: value.clone(),
                })
                .collect(),
        }
    }

    fn measured(value: f64, document: &str) -> DataValue {
        DataValue::Measured {
            value,
            measured_at: Timestamp(1_791_856_620_000),
            received_at: Timestamp(1_791_856_620_250),
            source: Source::Oura,
            quality: Quality::Partial,
            document: document.to_owned(),
        }
    }

    #[test]
    fn a_header_and_a_line_a_row() {
        let table = table(
            ["A", "B"],
            &[
                (Metric::TotalSleep, measured(19_320.0, "d1")),
                (
                    Metric::Spo2Night,
                    DataValue::Missing(Absence::Missing(Missing::NotWorn)),
                ),
            ],
        );
        assert_eq!(
            table.to_csv(),
            "day,twin,name,metric,value,unit,source,quality,document,measured_at,received_at,missing\r\n\
             2026-10-13,b,B,total_sleep,19320,s,oura,partial,d1,2026-10-13T01:57:00Z,2026-10-13T01:57:00.250Z,\r\n\
             2026-10-13,b,B,spo2_night,,%,,,,,,not_worn\r\n"
        );
    }

    #[test]
    fn hostile_texts_stay_one_field_and_no_formula() {
        for (text, kept) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r\n=1", "'\r\n=1"),
            ("Maya, \"M\"\r\nof two lines", "Maya, \"M\"\r\nof two lines"),
            ("ключ 🗝", "ключ 🗝"),
            ("", ""),
        ] {
            let table = table(["A", text], &[(Metric::Steps, measured(9_000.0, text))]);
            let lines = read(&table.to_csv());
            assert_eq!(lines.len(), 2, "{text:?}");
            assert!(lines.iter().all(|fields| fields.len() == HEADER.len()));
            assert_eq!((lines[1][2].as_str(), lines[1][8].as_str()), (kept, kept));
        }
    }

    #[test]
    fn numbers_read_back_to_the_same_bits_and_keep_their_minus() {
        for value in [-0.31, 0.1 + 0.2, 97.0, 1e-7, 12_345.678_901_234_5, -0.0] {
            let table = table(["A", "B"], &[(Metric::Steps, measured(value, "d"))]);
            let written = &read(&table.to_csv())[1][4];
            let back: f64 = written.parse().unwrap();
            assert_eq!(back.to_bits(), value.to_bits(), "{written}");
            assert!(!written.contains('e'), "{written}");
        }
    }
}
