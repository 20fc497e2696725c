//! Time in zone, mirrored bars, and where the zones come from.

use leptos::prelude::*;
use physiology::Twin;
use physiology::metric::decimal;
use views::workouts::{HeartFigures, Provenance, Sheet, TwinSheet};

use super::bars::Bar;
use crate::components::TwinMark;
use crate::format::source_of_zones;

/// Minutes in each zone, the highest first.
#[component]
pub(super) fn TimeInZone(sheet: Memo<Option<Sheet>>) -> impl IntoView {
    let table = move || {
        sheet.with(|sheet| {
            let [a, b] = sheet
                .as_ref()
                .map_or([None, None], |sheet| sheet.twins.each_ref().map(in_zone_s));
            let longest = [a, b].into_iter().flatten().flatten().fold(0.0, f64::max);
            (0..5)
                .rev()
                .map(|zone| {
                    row(
                        zone,
                        [a, b].map(|seconds| seconds.map(|all| all[zone])),
                        longest,
                    )
                })
                .collect_view()
        })
    };
    let head = |twin: Twin| {
        view! {
            <th scope="col" class=format!("zone-{} who-{}", twin.id(), twin.id())>
                {twin.letter()}
                " "
                <TwinMark twin />
            </th>
        }
    };
    view! {
        <div class="aside-head">
            <h2>"Time in zone"</h2>
            <span>"minutes"</span>
        </div>
        <table class="zones">
            <caption class="hidden">"Minutes in each zone of heart rate, both twins"</caption>
            <thead>
                <tr>
                    {head(Twin::A)}
                    <th scope="col">
                        <span class="hidden">"Zone"</span>
                    </th>
                    {head(Twin::B)}
                </tr>
            </thead>
            <tbody>{table}</tbody>
        </table>
    }
    .into_any()
}

fn in_zone_s(twin: &TwinSheet) -> Option<[f64; 5]> {
    twin.heart.ok().and_then(|heart| heart.in_zone_s)
}

fn row(zone: usize, [a, b]: [Option<f64>; 2], longest_s: f64) -> impl IntoView + use<> {
    let minutes = |seconds: Option<f64>| {
        seconds.map_or_else(
            || "–".to_owned(),
            |seconds| decimal(seconds / 60.0, 0, false),
        )
    };
    let share = |seconds: Option<f64>| {
        if longest_s > 0.0 {
            seconds.unwrap_or_default() / longest_s
        } else {
            0.0
        }
    };
    view! {
        <tr>
            <td class="zone-a">
                <span class="zone-cell">
                    {minutes(a)} <Bar twin=Twin::A share=share(a) mirrored=true />
                </span>
            </td>
            <th scope="row">{format!("Z{}", zone + 1)}</th>
            <td class="zone-b">
                <span class="zone-cell">
                    <Bar twin=Twin::B share=share(b) /> {minutes(b)}
                </span>
            </td>
        </tr>
    }
}

/// What zones and training impulses rest on.
#[component]
pub(super) fn ZoneNote(sheet: Memo<Option<Sheet>>) -> impl IntoView {
    let sentences = move || sheet.with(|sheet| sheet.as_ref().map(note).unwrap_or_default());
    view! {
        <p class="aside-note">
            {sentences} " " <a href="/settings">"Settings"</a> " hold each twin’s thresholds."
        </p>
    }
    .into_any()
}

fn note(sheet: &Sheet) -> String {
    let mut sentences = Vec::new();
    for (twin, side) in Twin::BOTH.into_iter().zip(&sheet.twins) {
        sentences.push(source_of_zones(twin, &side.zones));
    }
    let rests = Twin::BOTH.into_iter().zip(&sheet.twins);
    sentences.extend(rests.filter_map(|(twin, side)| of_rest(twin, side.heart.ok()?)));
    sentences.join(" ")
}

fn of_rest(twin: Twin, heart: HeartFigures) -> Option<String> {
    let rest = decimal(heart.rest_bpm?, 0, false);
    let from = match heart.rest_from {
        Provenance::Measured => "measured at night",
        Provenance::Entered | Provenance::FromAge => "as entered",
    };
    Some(format!(
        "Resting heart rate of {}: {rest}\u{a0}bpm, {from}.",
        twin.letter()
    ))
}
