//! What a chart is made of.

use physiology::alarm::Priority;
use physiology::baseline::Band;
use physiology::pair::PairDay;
use physiology::{Day, Timestamp, Twin, Waypoint, Written};

/// Values further from zero than this are no measurements and count as missing.
pub(crate) const LARGEST_VALUE: f64 = 1e12;

/// One metric of both twins over days, altitude below: what is to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct TwinChart<'a> {
    /// Which metric, as whoever looks likes it written.
    pub written: Written,
    /// The twins' names, A first.
    pub names: [&'a str; 2],
    /// Every day shown, oldest first, missing ones with their reason.
    pub days: &'a [PairDay],
    /// The nights before day 1, for the small baseline panel; drawn only when `split`.
    pub baseline_days: &'a [PairDay],
    /// Whether time is split: the baseline in a small panel, a break, then the expedition.
    pub split: bool,
    /// Pooled baseline mean ± 2 SD.
    pub band: Option<Band>,
    /// Each twin's own baseline mean, A first.
    pub baseline_means: [Option<f64>; 2],
    /// The limit to draw.
    pub limit: Option<Limit>,
    /// The altitude profile, walked and planned, oldest point first.
    pub altitude: &'a [Waypoint],
    /// Now: parts the walked altitude from the planned.
    pub now: Timestamp,
    /// Local time where the party is, ahead of UTC, s.
    pub utc_offset_s: i32,
    /// Day 1 of the expedition.
    pub day_one: Option<Day>,
    /// Which twins are shown, A first.
    pub shown: [bool; 2],
}

impl TwinChart<'_> {
    /// Whether a twin is shown.
    pub const fn shows(&self, twin: Twin) -> bool {
        self.shown[index(twin)]
    }

    /// A day's value of a twin, if it can be drawn.
    pub(crate) fn value(day: &PairDay, twin: Twin) -> Option<f64> {
        day.of(twin).value().filter(|value| drawable(*value))
    }

    /// A day's A − B, if both can be drawn.
    pub(crate) fn difference(day: &PairDay) -> Option<f64> {
        Some(Self::value(day, Twin::A)? - Self::value(day, Twin::B)?)
    }

    /// Whether a value lies under the limit; compared before rounding.
    pub(crate) fn breaches(&self, value: f64) -> bool {
        self.limit.is_some_and(|limit| value < limit.value)
    }
}

/// Whether a value can be put on a scale.
pub(crate) fn drawable(value: f64) -> bool {
    value.is_finite() && value.abs() <= LARGEST_VALUE
}

/// A twin's place in arrays of both, A first.
pub(crate) const fn index(twin: Twin) -> usize {
    match twin {
        Twin::A => 0,
        Twin::B => 1,
    }
}

/// A limit drawn across the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// In the metric's unit.
    pub value: f64,
    /// What being under it means.
    pub priority: Priority,
}

/// How large the picture is, CSS px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width, px.
    pub width_px: f64,
    /// Height, px.
    pub height_px: f64,
}

impl Size {
    /// A size; what is not between 1 and 20,000 px is brought there.
    pub fn new(width_px: f64, height_px: f64) -> Self {
        let sane = |length: f64| {
            if length.is_finite() {
                length.clamp(1.0, 20_000.0)
            } else {
                1.0
            }
        };
        Self {
            width_px: sane(width_px),
            height_px: sane(height_px),
        }
    }
}

/// How a chart is laid out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// For a phone: narrower margins and baseline panel, shorter words.
    pub compact: bool,
    /// Room kept free above the plot for the readout, px.
    pub top_px: f64,
}

impl Options {
    /// For tablets and up: a readout of one line, 36 px, and 16 px under it.
    pub const WIDE: Self = Self {
        compact: false,
        top_px: 52.0,
    };

    /// For phones: a readout of two lines, 56 px, and 14 px under it.
    pub const COMPACT: Self = Self {
        compact: true,
        top_px: 70.0,
    };

    /// The widest picture, px, that is laid out compactly.
    pub const COMPACT_UP_TO_PX: f64 = 520.0;

    /// The options for a picture of this width, px.
    pub fn for_width(width_px: f64) -> Self {
        if width_px <= Self::COMPACT_UP_TO_PX {
            Self::COMPACT
        } else {
            Self::WIDE
        }
    }
}
