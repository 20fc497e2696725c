//! The twins at altitude: against what is expected, how they settle, how risky the way is.

use chart::{Curve, CurveTwin, Picture, Size, curve};
use leptos::prelude::*;
use physiology::{Twin, Units, Written};
use views::Compare;
use views::compare::{AtAltitude, Settling};

use super::words;
use crate::components::{Drawing, TwinMark};

/// A curve's size, px: it is scaled to its place.
const SIZE: Size = Size {
    width_px: 340.0,
    height_px: 220.0,
};

/// Nothing where there is no itinerary: then no altitude is known.
#[component]
pub(super) fn Altitude(compare: Signal<Compare>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        compare.with(|compare| Some((compare.at_altitude.clone()?, compare.head.units)))
    });
    move || {
        shown.get().map(|(at, units)| {
            view! {
                <section class="sheet at-altitude" aria-labelledby="at-altitude">
                    <h2 id="at-altitude">"At altitude"</h2>
                    <div class="at-altitude-words">{expected(&at, units)} {risk(&at)}</div>
                    {at.settling.into_iter().map(|of| settling(of, units)).collect_view()}
                </section>
            }
            .into_any()
        })
    }
}

fn expected(at: &AtAltitude, units: Units) -> AnyView {
    let lines = Twin::BOTH
        .into_iter()
        .zip(&at.expected)
        .map(|(twin, night)| {
            view! {
                <li>
                    <TwinMark twin />
                    <p>{words::expected(twin, night.as_ref(), units)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>"SpO₂ against what is expected"</h3>
        <ul class="at-altitude-expected">{lines}</ul>
        <p class="pair-note">
            "Expected: published means ± 2 SD of sea-level residents asleep, by altitude and nights there. Above 4,000 m they come from a chamber, where SpO₂ falls lower than on a slow trek."
        </p>
    }
    .into_any()
}

fn risk(at: &AtAltitude) -> Option<AnyView> {
    let risk = at.risk.as_ref()?;
    Some(
        view! {
            <h3>"Risk of the itinerary: " {risk.class.name()}</h3>
            <p>{words::risk(risk)}</p>
            <p class="pair-note">
                "Classes of the Wilderness Medical Society, 2024: low, moderate, high. They judge the way, not the person."
            </p>
        }
        .into_any(),
    )
}

fn settling(settling: Settling, units: Units) -> AnyView {
    let metric = settling.metric;
    let written = metric.written(units);
    let lines: Vec<String> = Twin::BOTH
        .into_iter()
        .zip(&settling.twins)
        .map(|(twin, own)| words::settling(written, twin, own))
        .chain(words::climbing(&settling))
        .collect();
    let has_points = settling.twins.iter().any(|twin| !twin.points.is_empty());
    let name = format!(
        "{} by night at altitude. {}",
        metric.info().name,
        lines.join(" ")
    );
    view! {
        <div class="settling">
            <h3>{metric.info().name} " by night at altitude"</h3>
            {has_points
                .then(|| {
                    view! { <Drawing picture=Signal::stored(draw(&settling, written)) name /> }
                })}
            {lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </div>
    }
    .into_any()
}

fn draw(settling: &Settling, written: Written) -> Picture {
    let [a, b] = &settling.twins;
    let twins = [a, b].map(|twin| CurveTwin {
        points: &twin.points,
        fit: twin.fit,
    });
    curve(&Curve { written, twins }, SIZE)
}
