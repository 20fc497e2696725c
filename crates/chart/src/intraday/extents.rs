//! What is known of the whole, whatever of it is looked at.

use super::{Intraday, Trace};

/// How far the values of each row reach, so that scales stand still while somebody looks around.
///
/// Reading it takes all samples, laying out only those in sight: who draws many frames of one
/// chart reads it once, with [`extents`], and gives it to [`layout_within`](super::layout_within).
#[derive(Debug, Clone, PartialEq)]
pub struct Extents {
    rows: Vec<Option<Extent>>,
}

/// One row's.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Extent {
    /// The lowest and the highest value of all rows of this name, so that twins share one scale.
    domain: (f64, f64),
    /// The first of the row's highest samples.
    peak: Option<(i32, f64)>,
}

impl Extents {
    /// The lowest and the highest value of a row's scale.
    pub(super) fn domain(&self, row: usize) -> Option<(f64, f64)> {
        Some(self.rows.get(row)?.as_ref()?.domain)
    }

    /// A row's highest sample.
    pub(super) fn peak(&self, row: usize) -> Option<(i32, f64)> {
        self.rows.get(row)?.as_ref()?.peak
    }
}

/// The extents of a chart. Work is linear in its samples.
pub fn extents(chart: &Intraday<'_>) -> Extents {
    let own: Vec<Own> = chart
        .rows
        .iter()
        .map(|row| row.trace().map_or(Own::NONE, |trace| Own::of(chart, trace)))
        .collect();
    let rows = chart.rows.iter().zip(&own).map(|(row, of_row)| {
        row.trace()?;
        let of_name = chart.rows.iter().zip(&own);
        let (low, high) = of_name.filter(|(other, _)| other.name == row.name).fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(low, high), (_, own)| (low.min(own.low), high.max(own.high)),
        );
        (low <= high).then_some(Extent {
            domain: (low, high),
            peak: of_row.peak,
        })
    });
    Extents {
        rows: rows.collect(),
    }
}

/// What a row alone holds.
struct Own {
    low: f64,
    high: f64,
    peak: Option<(i32, f64)>,
}

impl Own {
    const NONE: Self = Self {
        low: f64::INFINITY,
        high: f64::NEG_INFINITY,
        peak: None,
    };

    fn of(chart: &Intraday<'_>, trace: Trace<'_>) -> Self {
        trace.drawn(chart).fold(Self::NONE, |own, sample| Self {
            low: own.low.min(sample.1),
            high: own.high.max(sample.1),
            peak: own.peak.filter(|peak| peak.1 >= sample.1).or(Some(sample)),
        })
    }
}
