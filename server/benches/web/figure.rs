//! Figures, told as a table and as JSON.

use std::path::Path;

use serde_json::{Value, json};

/// What a figure is hoped to be.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "each benchmark has aims of its own")]
pub enum Aim {
    None,
    AtMost(f64),
    AtLeast(f64),
    /// Divided by the reference.
    RatioAtLeast(f64),
    /// The same.
    RatioAtMost(f64),
    /// Itself, and divided by the reference.
    BothAtMost(f64, f64),
}

pub struct Figure {
    pub name: String,
    pub value: f64,
    pub unit: &'static str,
    pub aim: Aim,
    pub reference: &'static str,
    pub reference_value: Option<f64>,
}

impl Figure {
    fn ratio(&self) -> Option<f64> {
        self.reference_value
            .map(|reference| self.value / reference)
            .filter(|ratio| ratio.is_finite())
    }

    /// Whether it is as hoped, where something is hoped.
    fn is_met(&self) -> Option<bool> {
        match self.aim {
            Aim::None => None,
            Aim::AtMost(most) => Some(self.value <= most),
            Aim::AtLeast(least) => Some(self.value >= least),
            Aim::RatioAtLeast(least) => Some(self.ratio()? >= least),
            Aim::RatioAtMost(most) => Some(self.ratio()? <= most),
            Aim::BothAtMost(most, ratio) => Some(self.value <= most && self.ratio()? <= ratio),
        }
    }

    fn aim_text(&self) -> String {
        match self.aim {
            Aim::None => String::new(),
            Aim::AtMost(most) => format!("{most} or less"),
            Aim::AtLeast(least) => format!("{least} or more"),
            Aim::RatioAtLeast(least) => format!("ratio {least} or more"),
            Aim::RatioAtMost(most) => format!("ratio {most} or less"),
            Aim::BothAtMost(most, ratio) => format!("{most} or less, ratio {ratio}"),
        }
    }
}

/// Everything measured.
#[derive(Default)]
pub struct Report {
    figures: Vec<Figure>,
    /// What explains a figure, for the JSON alone.
    details: serde_json::Map<String, Value>,
}

impl Report {
    pub fn add(&mut self, figure: Figure) {
        self.figures.push(figure);
    }

    pub fn explain(&mut self, name: &str, detail: Value) {
        self.details.insert(name.to_owned(), detail);
    }

    /// Prints the table and writes `target/bench/{file}`.
    pub fn tell(&self, file: &str) {
        println!(
            "\n{:<48} {:>11}  {:<20} {:<4} {:>11} {:>6}  reference",
            "figure", "", "aim", "met", "reference", "ratio"
        );
        for figure in &self.figures {
            tell(figure);
        }
        let figures: Vec<Value> = self.figures.iter().map(as_json).collect();
        let report = json!({ "figures": figures, "details": self.details });
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(file), format!("{report:#}\n")).unwrap();
    }
}

/// A line of the table.
fn tell(figure: &Figure) {
    let number = |value: f64| format!("{} {:<3}", digits(value), figure.unit);
    let met = match figure.is_met() {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    };
    println!(
        "{:<48} {:>11}  {:<20} {:<4} {:>11} {:>6}  {}",
        figure.name,
        number(figure.value),
        figure.aim_text(),
        met,
        figure.reference_value.map(number).unwrap_or_default(),
        figure
            .ratio()
            .map(|ratio| format!("{ratio:.2}"))
            .unwrap_or_default(),
        figure.reference,
    );
}

/// Three digits that matter, whatever the size.
fn digits(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn as_json(figure: &Figure) -> Value {
    json!({
        "name": figure.name.trim(),
        "value": figure.value,
        "unit": figure.unit,
        "aim": figure.aim_text(),
        "met": figure.is_met(),
        "reference": figure.reference,
        "reference_value": figure.reference_value,
        "ratio": figure.ratio(),
    })
}
