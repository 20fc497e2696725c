//! What a tile says: both values, their difference, the record, how they stand, how old they are.

use leptos::prelude::*;
use physiology::baseline::Position;
use physiology::pair::GapTrend;
use physiology::{Day, Quality, Timestamp, Twin, Written};
use views::overview::{Difference, Tile, TileValue};

use crate::components::{Fresh, Glyph, Icon, PriorityTag, Sparkline, TwinMark};
use crate::format::short_age;

/// The inside of a tile's tab.
#[component]
pub(super) fn TileTab(tile: Tile, today: Memo<Day>, fresh: Fresh) -> impl IntoView {
    let written = tile.metric.written(fresh.units.get());
    let [a, b] = tile.values.clone();
    let for_sources = tile.values.clone();
    view! {
        <span class="tile-head">
            <b>{tile.metric.info().name}</b>
            <span class="tile-unit">{written.unit()}</span>
        </span>
        <span class="tile-values">
            <Value written twin=Twin::A value=a today />
            <Value written twin=Twin::B value=b today />
        </span>
        <DifferenceLine written difference=tile.difference />
        <Sparkline metric=tile.metric spark=tile.spark.clone() />
        <span class="tile-status">{status(&tile, written)}</span>
        <span class="tile-source">{move || sources(&for_sources, fresh.now.get())}</span>
    }
    .into_any()
}

#[component]
fn Value(written: Written, twin: Twin, value: TileValue, today: Memo<Day>) -> impl IntoView {
    let (number, day) = match value {
        TileValue::Measured {
            value, day, stale, ..
        } => {
            let class = if stale.is_some() {
                "num num-old"
            } else {
                "num"
            };
            let number = view! {
                <span class=class data-value=value.to_string()>
                    {written.value(value)}
                </span>
            };
            (number.into_any(), Some(day))
        }
        TileValue::Missing(why) => {
            let number = view! {
                <span class="num num-missing">"–"</span>
                <span class="tile-why">{why.sentence()}</span>
            };
            (number.into_any(), None)
        }
    };
    view! {
        <span class="tile-value" data-subject=twin.id()>
            <span class=format!("who who-{}", twin.id())>
                <TwinMark twin />
                {twin.letter()}
                // Of today unless it says otherwise.
                <span class="who-day">
                    {move || day.filter(|day| *day != today.get()).map(Day::short)}
                </span>
            </span>
            {number}
        </span>
    }
    .into_any()
}

#[component]
fn DifferenceLine(written: Written, difference: Option<Difference>) -> impl IntoView {
    let Some(Difference { value, trend }) = difference else {
        return view! { <span class="tile-difference">"A−B not comparable"</span> }.into_any();
    };
    let trend = trend.map(|trend| {
        let glyph = match trend {
            GapTrend::Wider => Glyph::Wider,
            GapTrend::Steady => Glyph::Steady,
            GapTrend::Closer => Glyph::Closer,
        };
        view! {
            <span class="tile-trend">
                <Icon glyph />
                {trend.word()}
            </span>
        }
    });
    view! {
        <span class="tile-difference">
            "A−B " <b>{written.difference_with_unit(value)}</b> {trend}
        </span>
    }
    .into_any()
}

/// An alarm, then what is stale, else how both stand against their baselines.
fn status(tile: &Tile, written: Written) -> impl IntoView + use<> {
    let alarm = tile.alarm.map(|alarm| {
        let text = format!(
            "{} below {}",
            alarm.twin.letter(),
            written.limit(alarm.limit)
        );
        view! { <PriorityTag priority=alarm.priority text /> }
    });
    let stale = stale(&tile.values).map(|text| {
        view! { <span class="stale">"Stale"</span> " " {text} }
    });
    let standing = (alarm.is_none() && stale.is_none()).then(|| standing(&tile.values));
    view! { {alarm} {stale} {standing} }
}

/// `B since 11 Oct, not worn`: which twin's value is older than it should be, and why.
fn stale(values: &[TileValue; 2]) -> Option<String> {
    let old = |value: &TileValue| match value {
        TileValue::Measured {
            stale: Some(why),
            day,
            ..
        } => Some((*day, why.sentence().to_lowercase())),
        _ => None,
    };
    match (old(&values[0]), old(&values[1])) {
        (None, None) => None,
        (Some((day, why)), None) => Some(format!("A since {}, {why}", day.short())),
        (None, Some((day, why))) => Some(format!("B since {}, {why}", day.short())),
        (Some(a), Some(b)) if a == b => Some(format!("both since {}, {}", a.0.short(), a.1)),
        (Some((a, _)), Some((b, _))) => {
            Some(format!("A since {}, B since {}", a.short(), b.short()))
        }
    }
}

/// `Both above baseline`, `A in, B below baseline`.
fn standing(values: &[TileValue; 2]) -> String {
    let position = |value: &TileValue| match value {
        TileValue::Measured { position, .. } => *position,
        TileValue::Missing(_) => None,
    };
    let standing = match (position(&values[0]), position(&values[1])) {
        (None, None) => "No baseline yet".to_owned(),
        (Some(a), None) => format!("A {} baseline", word(a)),
        (None, Some(b)) => format!("B {} baseline", word(b)),
        (Some(a), Some(b)) if a == b => format!("Both {} baseline", word(a)),
        (Some(a), Some(b)) => format!("A {}, B {} baseline", word(a), word(b)),
    };
    let partial = |value: &TileValue| {
        matches!(
            value,
            TileValue::Measured {
                quality: Quality::Partial,
                ..
            }
        )
    };
    match (partial(&values[0]), partial(&values[1])) {
        (false, false) => standing,
        (true, false) => format!("{standing}, A partial"),
        (false, true) => format!("{standing}, B partial"),
        (true, true) => format!("{standing}, both partial"),
    }
}

const fn word(position: Position) -> &'static str {
    match position {
        Position::Below => "below",
        Position::Within => "in",
        Position::Above => "above",
    }
}

/// `Oura, A 11 min, B 44 min`: whose sensor, and how long ago each value was received.
fn sources(values: &[TileValue; 2], now: Timestamp) -> String {
    let received = |value: &TileValue| match value {
        TileValue::Measured {
            source,
            received_at,
            ..
        } => Some((*source, *received_at)),
        TileValue::Missing(_) => None,
    };
    let age = |at| short_age(now, at);
    match (received(&values[0]), received(&values[1])) {
        (None, None) => "No source".to_owned(),
        (Some((source, a)), None) => format!("{}, A {}", source.name(), age(a)),
        (None, Some((source, b))) => format!("{}, B {}", source.name(), age(b)),
        (Some((source, a)), Some((other, b))) if source == other => {
            format!("{}, A {}, B {}", source.name(), age(a), age(b))
        }
        (Some((of_a, a)), Some((of_b, b))) => {
            format!("A {} {}, B {} {}", of_a.name(), age(a), of_b.name(), age(b))
        }
    }
}

#[cfg(test)]
mod tests {
    use physiology::{Missing, Source};

    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_s(1_791_856_620);

    fn measured(position: Option<Position>, stale: Option<Missing>) -> TileValue {
        TileValue::Measured {
            value: 78.16,
            day: "2026-10-11".parse().unwrap(),
            measured_at: NOW.plus_seconds(-7_000),
            received_at: NOW.plus_seconds(-660),
            source: Source::Oura,
            quality: Quality::Complete,
            position,
            stale,
        }
    }

    #[test]
    fn both_stand_in_one_phrase_where_they_agree() {
        let above = measured(Some(Position::Above), None);
        let within = measured(Some(Position::Within), None);
        assert_eq!(
            standing(&[above.clone(), above.clone()]),
            "Both above baseline"
        );
        assert_eq!(
            standing(&[within.clone(), above.clone()]),
            "A in, B above baseline"
        );
        let missing = TileValue::Missing(Missing::NotConnected);
        assert_eq!(standing(&[missing.clone(), above]), "B above baseline");
        assert_eq!(standing(&[missing.clone(), missing]), "No baseline yet");
    }

    #[test]
    fn what_is_stale_says_since_when_and_why() {
        let fresh = measured(None, None);
        let old = measured(None, Some(Missing::NotWorn));
        assert_eq!(stale(&[fresh.clone(), fresh.clone()]), None);
        assert_eq!(
            stale(&[fresh, old.clone()]).as_deref(),
            Some("B since 11 Oct, not worn")
        );
        assert_eq!(
            stale(&[old.clone(), old]).as_deref(),
            Some("both since 11 Oct, not worn")
        );
    }

    #[test]
    fn the_source_carries_both_ages() {
        let value = measured(None, None);
        let missing = TileValue::Missing(Missing::NotWorn);
        let plain = |text: String| text.replace('\u{a0}', " ");
        assert_eq!(
            plain(sources(&[value.clone(), value.clone()], NOW)),
            "Oura, A 11 min, B 11 min"
        );
        assert_eq!(
            plain(sources(&[missing.clone(), value], NOW)),
            "Oura, B 11 min"
        );
        assert_eq!(sources(&[missing.clone(), missing], NOW), "No source");
    }
}
