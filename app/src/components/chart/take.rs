//! What is seen, to be taken along: a picture of it, and its numbers.

use chart::export::csv::{Cell, table};
use chart::export::{Document, svg_document};
use chart::{Palette, Picture};
use leptos::prelude::*;
use physiology::{Source, Timestamp, Twin};

use super::stage::files;
use super::zoom::second_text;
use crate::components::{Glyph, Icon};

/// Device pixels a pixel of pictures that are taken along.
const SCALE: f64 = 2.0;

/// What a figure gives away.
#[derive(Clone, Copy)]
pub(crate) struct Take {
    /// What is on the screen, without the crosshair.
    pub picture: Callback<(), Option<Picture>>,
    /// What it is.
    pub words: Callback<(), Words>,
    /// What it is drawn from, as far as it is in sight.
    pub rows: Callback<(), Vec<Row>>,
}

/// What stands in a file beside the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// The file's name, without its ending: letters, digits and hyphens.
    pub file: String,
    /// What it is, in a few words.
    pub title: String,
    /// What is to be seen, in sentences.
    pub description: String,
    /// Who, from when to when, by which clock, made when.
    pub caption: String,
}

/// A line of the table: a value, a stretch of samples drawn as one, or why there is nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    /// What is measured, as in addresses.
    pub series: String,
    /// Its unit.
    pub unit: String,
    /// Whose.
    pub twin: Option<Twin>,
    /// From when, ms; by the clock that is shown where that is not UTC.
    pub from_ms: i64,
    /// Until when.
    pub to_ms: i64,
    /// Whether the clock is UTC.
    pub is_utc: bool,
    /// How many samples.
    pub samples: u32,
    /// First, lowest, highest and last value.
    pub values: Option<[f64; 4]>,
    /// Whose sensor.
    pub source: Option<Source>,
    /// A stage of sleep, or the reason why there is no value.
    pub note: String,
}

const HEADER: [&str; 12] = [
    "series", "unit", "twin", "from", "to", "samples", "first", "lowest", "highest", "last",
    "source", "note",
];

/// The table as CSV.
fn csv(rows: &[Row]) -> String {
    let texts: Vec<[String; 2]> = rows
        .iter()
        .map(|row| [row.from_ms, row.to_ms].map(|at_ms| instant(at_ms, row.is_utc)))
        .collect();
    let cells = rows.iter().zip(&texts).map(|(row, [from, to])| {
        let [first, lowest, highest, last] = match row.values {
            Some(values) => values.map(Cell::Number),
            None => [Cell::Empty; 4],
        };
        [
            Cell::Text(&row.series),
            Cell::Text(&row.unit),
            row.twin
                .map_or(Cell::Empty, |twin| Cell::Text(twin.letter())),
            Cell::Text(from),
            Cell::Text(to),
            Cell::Number(f64::from(row.samples)),
            first,
            lowest,
            highest,
            last,
            row.source
                .map_or(Cell::Empty, |source| Cell::Text(source.id())),
            Cell::Text(&row.note),
        ]
    });
    table(&HEADER, cells)
}

fn instant(at_ms: i64, is_utc: bool) -> String {
    let mut text = second_text(Timestamp(at_ms));
    if is_utc {
        text.push('Z');
    }
    text
}

/// PNG, SVG and CSV of what is seen, behind one button. They need a script, and are not there
/// without one.
#[component]
pub(crate) fn TakeAlong(take: Take) -> AnyView {
    let document = move |palette: &Palette| {
        let picture = take.picture.run(())?;
        let words = take.words.run(());
        let text = svg_document(
            &Document {
                size: picture.size,
                shapes: &picture.shapes,
                labels: &picture.labels,
                title: &words.title,
                description: &words.description,
                caption: &words.caption,
            },
            palette,
        );
        Some((words.file, text))
    };
    let svg = move |_| {
        if let Some((file, text)) = document(&files::palette()) {
            files::save(&format!("{file}.svg"), "image/svg+xml", text.as_bytes());
        }
    };
    let png = move |_| {
        if let Some((file, text)) = document(&files::palette()) {
            files::save_png(format!("{file}.png"), &text, SCALE);
        }
    };
    let numbers = move |_| {
        let text = csv(&take.rows.run(()));
        let file = take.words.run(()).file;
        files::save(
            &format!("{file}.csv"),
            "text/csv;charset=utf-8",
            text.as_bytes(),
        );
    };
    view! {
        <details class="take">
            <summary class="btn">
                <Icon glyph=Glyph::Download />
                "Download"
            </summary>
            <div class="take-panel">
                <button class="btn" type="button" on:click=png>
                    "Picture, PNG"
                </button>
                <button class="btn" type="button" on:click=svg>
                    "Picture, SVG"
                </button>
                <button class="btn" type="button" on:click=numbers>
                    "Numbers, CSV"
                </button>
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_value_a_stretch_or_a_reason() {
        let value = Row {
            series: "spo2_night".into(),
            unit: "%".into(),
            twin: Some(Twin::A),
            from_ms: 1_791_000_000_000,
            to_ms: 1_791_000_005_000,
            is_utc: true,
            samples: 2,
            values: Some([84.1, 80.25, 90.0, 85.0]),
            source: Some(Source::Oura),
            note: String::new(),
        };
        let missing = Row {
            series: "=SUM(A1)".into(),
            twin: Some(Twin::B),
            note: "Not worn, \"lost\"".into(),
            ..Row::default()
        };
        let text = csv(&[value, missing]);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], HEADER.join(","));
        assert_eq!(
            lines[1],
            "spo2_night,%,A,2026-10-03T04:00:00Z,2026-10-03T04:00:05Z,2,84.1,80.25,90,85,oura,"
        );
        // No formula, and quotes doubled.
        assert!(lines[2].starts_with("'=SUM(A1)"), "{}", lines[2]);
        assert!(lines[2].ends_with("\"Not worn, \"\"lost\"\"\""));
    }
}
