//! A tile's small curve.

use chart::{Size, SparkInput, sparkline, svg};
use leptos::prelude::*;
use physiology::Metric;
use views::overview::Spark;

/// Both twins over the whole record, the baseline band behind them and day 1 marked.
///
/// Sent in two widths; the stylesheet shows the one that suits the tile.
#[component]
pub fn Sparkline(
    /// Which metric.
    metric: Metric,
    /// The values.
    spark: Spark,
) -> impl IntoView {
    const HEIGHT_PX: f64 = 38.0;
    let input = SparkInput {
        first: spark.first,
        values: [&spark.a, &spark.b],
        band: spark.band,
        day_one: spark.day_one,
    };
    let picture = |class: &'static str, width_px: f64| {
        let size = Size {
            width_px,
            height_px: HEIGHT_PX,
        };
        view! {
            <svg
                class=class
                viewBox=format!("0 0 {width_px} {HEIGHT_PX}")
                preserveAspectRatio="none"
                inner_html=svg(&sparkline(&input, size))
            ></svg>
        }
    };
    view! {
        <span
            class="chart-spark"
            role="img"
            aria-label=format!("{}, both twins since {}", metric.info().name, spark.first.short())
        >
            {picture("chart-spark-small", 153.0)}
            {picture("chart-spark-large", 240.0)}
        </span>
    }
}
