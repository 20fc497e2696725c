//! Load over the last months: the week's mean, four weeks' mean, and their ratio.

use chart::{LoadChart, Size, load_layout, load_top};
use leptos::prelude::*;
use physiology::load::LoadDay;
use physiology::metric::decimal;
use physiology::{Day, Twin, Units};
use views::workouts::LoadHistory;

use super::wanted::Wanted;
use crate::components::{Drawing, TwinMark};
use crate::format::count;

const WIDE: Size = Size {
    width_px: 500.0,
    height_px: 210.0,
};
const NARROW: Size = Size {
    width_px: 340.0,
    height_px: 200.0,
};
/// Days of record the ratio needs.
const RATIO_FROM_DAYS: i64 = 28;

/// Acute and chronic load of both twins, and their ratio: `figure[data-chart="training_load"]`.
#[component]
pub(super) fn LoadSection(
    loads: Memo<LoadHistory>,
    names: Memo<[String; 2]>,
    wanted: Memo<Wanted>,
    units: Memo<Units>,
) -> impl IntoView {
    let weighted = Memo::new(move |_| wanted.with(|wanted| wanted.weighted));
    let is_known = Memo::new(move |_| loads.with(|loads| !loads.days.is_empty()));
    let choice = move |of: bool, name: &'static str| {
        view! {
            <a
                href=move || wanted.with(|wanted| wanted.with_weighted(of))
                aria-current=move || (weighted.get() == of).then_some("true")
                data-noscroll
            >
                {name}
            </a>
        }
    };
    view! {
        <section class="sheet load" aria-labelledby="load-title">
            <div class="load-head">
                <h2 id="load-title">"Training load, AU per day"</h2>
                <div class="seg" role="group" aria-label="Means of load">
                    {choice(false, "Plain means")}
                    {choice(true, "Weighted, EWMA")}
                </div>
            </div>
            {move || {
                if is_known.get() {
                    view! {
                        <figure class="load-charts" data-chart="training_load">
                            <figcaption class="hidden">
                                "Daily load, mean of 7 days and mean of 28 days"
                            </figcaption>
                            <TwinLoad twin=Twin::A loads names weighted units />
                            <TwinLoad twin=Twin::B loads names weighted units />
                        </figure>
                        <LoadTable loads names weighted />
                    }
                    .into_any()
                } else {
                    view! {
                        <p class="workout-reason">
                            "No load yet: Polar tells it once a strap was worn in training."
                        </p>
                    }
                    .into_any()
                }
            }}
            <p class="load-note">
                "Bars are Polar’s cardio load of a day; today counts once it is over. Days without a load count as 0, and so do days before the record began. Weighted means let go of what is old: λ is 2/8 and 2/29."
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn TwinLoad(
    twin: Twin,
    loads: Memo<LoadHistory>,
    names: Memo<[String; 2]>,
    weighted: Memo<bool>,
    units: Memo<Units>,
) -> impl IntoView {
    let index = usize::from(twin == Twin::B);
    let name = move || names.with(|names| names[index].clone());
    let standing = move || {
        let is_weighted = weighted.get();
        loads.with(|loads| standing(&loads.twins[index], loads.known_from[index], is_weighted))
    };
    let words = Signal::derive(move || format!("Load of {}. {}", name(), standing()));
    let drawing = move |class: &'static str, size: Size| {
        let picture = Memo::new(move |_| {
            let weighted = weighted.get();
            let week_start = units.get().week_start;
            loads.with(|loads| {
                let chart = LoadChart {
                    twin,
                    days: loads.days,
                    loads: &loads.twins[index],
                    week_start,
                    weighted,
                    top: load_top(loads.twins.iter().flatten()),
                };
                load_layout(&chart, size)
            })
        });
        view! {
            <div class=class>
                <Drawing picture=picture.into() name=words />
            </div>
        }
        .into_any()
    };
    view! {
        <div class="load-twin" data-subject=twin.id()>
            <h3 class=format!("who-{}", twin.id())>
                <TwinMark twin />
                " "
                {name}
            </h3>
            <p class="load-standing">{standing}</p>
            {drawing("load-wide", WIDE)}
            {drawing("load-narrow", NARROW)}
        </div>
    }
    .into_any()
}

/// The two means of a day, as chosen.
fn means(day: &LoadDay, weighted: bool) -> (f64, f64) {
    if weighted {
        (day.acute_ewma, day.chronic_ewma)
    } else {
        (day.acute, day.chronic)
    }
}

/// The ratio of a day's means; none before four weeks of record, as with the plain means.
fn ratio(day: &LoadDay, weighted: bool) -> Option<f64> {
    let plain = day.ratio?;
    let (acute, chronic) = means(day, weighted);
    if weighted {
        (chronic > 0.0).then(|| acute / chronic)
    } else {
        Some(plain)
    }
}

/// `Acute 61, chronic 58, ratio 1.05 on 13 Oct`, and why there is no ratio where there is none.
fn standing(days: &[LoadDay], known_from: Option<Day>, weighted: bool) -> String {
    let (Some(newest), Some(known_from)) = (days.last(), known_from) else {
        return "No load told".to_owned();
    };
    let (acute, chronic) = means(newest, weighted);
    let record_days = newest.day.days_since(known_from) + 1;
    let ratio = match ratio(newest, weighted) {
        Some(ratio) => format!("ratio {}", decimal(ratio, 2, false)),
        None if record_days < RATIO_FROM_DAYS => {
            let so_far = count(record_days.unsigned_abs(), "day", "days");
            format!("no ratio before {RATIO_FROM_DAYS} days of record, {so_far} so far")
        }
        None => "no ratio".to_owned(),
    };
    format!(
        "{}: acute {}, chronic {}, {ratio}",
        newest.day.short(),
        decimal(acute, 0, false),
        decimal(chronic, 0, false)
    )
}

#[component]
fn LoadTable(
    loads: Memo<LoadHistory>,
    names: Memo<[String; 2]>,
    weighted: Memo<bool>,
) -> impl IntoView {
    let name = move |index: usize| names.with(|names| names[index].clone());
    let rows = move || {
        let weighted = weighted.get();
        loads.with(|loads| {
            loads
                .days
                .days()
                .rev()
                .map(|day| row(loads, day, weighted))
                .collect_view()
        })
    };
    view! {
        <details class="chart-data load-data">
            <summary>"Table"</summary>
            <div class="chart-scroll" tabindex="0" role="group" aria-label="Load by day">
                <table>
                    <caption>"Load, its means of 7 and 28 days, and their ratio"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Day"</th>
                            <th scope="col">"A " {move || name(0)} ", load"</th>
                            <th scope="col">"7 d"</th>
                            <th scope="col">"28 d"</th>
                            <th scope="col">"Ratio"</th>
                            <th scope="col">"B " {move || name(1)} ", load"</th>
                            <th scope="col">"7 d"</th>
                            <th scope="col">"28 d"</th>
                            <th scope="col">"Ratio"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn row(loads: &LoadHistory, day: Day, weighted: bool) -> impl IntoView + use<> {
    let cells = |twin: &Vec<LoadDay>| {
        let Some(found) = twin.iter().find(|one| one.day == day) else {
            return ["–"; 4].map(str::to_owned);
        };
        let (acute, chronic) = means(found, weighted);
        [
            decimal(found.load, 0, false),
            decimal(acute, 1, false),
            decimal(chronic, 1, false),
            ratio(found, weighted).map_or_else(|| "–".to_owned(), |ratio| decimal(ratio, 2, false)),
        ]
    };
    let [a, b] = loads.twins.each_ref().map(cells);
    view! {
        <tr>
            <th scope="row">
                <time datetime=day.to_string()>{day.with_weekday()}</time>
            </th>
            {a.map(|cell| view! { <td>{cell}</td> })}
            {b.map(|cell| view! { <td>{cell}</td> })}
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use physiology::DayRange;
    use physiology::load::loads;

    use super::*;

    #[test]
    fn a_short_record_says_why_there_is_no_ratio() {
        let first: Day = "2026-09-21".parse().unwrap();
        let told = |days: i64| {
            let daily: Vec<(Day, f64)> = (0..days).map(|day| (first.plus(day), 56.0)).collect();
            let range = DayRange::new(first, first.plus(days - 1));
            standing(&loads(&daily, range), Some(first), false).replace('\u{a0}', " ")
        };
        assert_eq!(
            told(14),
            "4 Oct: acute 56, chronic 28, no ratio before 28 days of record, 14 days so far"
        );
        assert_eq!(told(28), "18 Oct: acute 56, chronic 56, ratio 1.00");
        assert_eq!(standing(&[], None, false), "No load told");
    }
}
