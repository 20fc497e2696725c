//! What the week comes to, and the twins compared over the days both have synced.

use leptos::prelude::*;
use physiology::Units;
use physiology::metric::decimal;
use physiology::workout::Totals;
use views::workouts::{Compared, Workouts};

use super::write::{distance, distance_difference, duration, duration_difference, energy, load};
use crate::format::count;

/// The week's sums and their differences, as a table.
#[component]
pub(super) fn WeekTotals(
    workouts: Signal<Workouts>,
    names: Memo<[String; 2]>,
    units: Memo<Units>,
) -> impl IntoView {
    let totals = Memo::new(move |_| workouts.with(|workouts| workouts.totals));
    let compared = Memo::new(move |_| workouts.with(|workouts| workouts.compared.clone()));
    let parts = Memo::new(move |_| compared.with(|compared| is_part(&totals.get(), compared)));
    let name = move |index: usize| names.with(|names| names[index].clone());
    view! {
        <section class="sheet week-totals" aria-labelledby="week-totals">
            <h2 id="week-totals">"The week"</h2>
            <p class="week-note">{move || compared_days(&compared.get())}</p>
            <div class="scroll" tabindex="0" role="group" aria-label="Totals of the week">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Total"</th>
                            <th scope="col">"A " {move || name(0)}</th>
                            <th scope="col">"B " {move || name(1)}</th>
                            {move || {
                                parts
                                    .get()
                                    .then(|| {
                                        ["A, days of both", "B, days of both"]
                                            .map(|name| view! { <th scope="col">{name}</th> })
                                    })
                            }}
                            <th scope="col">"A−B"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            rows(&totals.get(), &compared.get(), units.get())
                                .map(row)
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn compared_days(compared: &Compared) -> String {
    match compared.days {
        0 => "No day of this week is synced for both, so nothing is compared.".to_owned(),
        7 => "All seven days are synced for both.".to_owned(),
        days => format!(
            "A−B compares only the {} both have synced.",
            count(days as u64, "day", "days")
        ),
    }
}

/// Whether what is compared is less than the week: then its sums have columns of their own.
fn is_part(totals: &[Totals; 2], compared: &Compared) -> bool {
    compared.days > 0 && compared.totals != *totals
}

/// One amount in words: A's and B's, on the days of both where those are not all, A−B.
struct Line {
    name: &'static str,
    cells: Vec<String>,
}

/// An amount: what it is called, where it is found, how it is written, and a difference of two.
type Amount = (
    &'static str,
    fn(&Totals) -> Option<f64>,
    fn(f64, Units) -> String,
    fn(f64, Units) -> String,
);

const AMOUNTS: [Amount; 5] = [
    (
        "Workouts",
        |totals| Some(totals.sessions as f64),
        |sessions, _| decimal(sessions, 0, false),
        |difference, _| decimal(difference, 0, true),
    ),
    (
        "Duration",
        |totals| totals.duration_s,
        |seconds, _| duration(seconds),
        |seconds, _| duration_difference(seconds),
    ),
    (
        "Distance",
        |totals| totals.distance_m,
        distance,
        distance_difference,
    ),
    (
        "Energy",
        |totals| totals.calories_kcal,
        |kcal, _| energy(kcal),
        |difference, _| format!("{}\u{a0}kcal", decimal(difference, 0, true)),
    ),
    (
        "Load, AU",
        |totals| totals.cardio_load,
        |known, _| load(known),
        |difference, _| decimal(difference, 0, true),
    ),
];

fn rows<'a>(
    totals: &'a [Totals; 2],
    compared: &'a Compared,
    units: Units,
) -> impl Iterator<Item = Line> + 'a {
    let is_part = is_part(totals, compared);
    AMOUNTS
        .into_iter()
        .map(move |(name, read, write, write_difference)| {
            let known = |totals: &Totals| {
                read(totals).map_or_else(|| "–".to_owned(), |value| write(value, units))
            };
            let difference = match compared.totals.each_ref().map(read) {
                [Some(a), Some(b)] if compared.days > 0 => write_difference(a - b, units),
                _ => "–".to_owned(),
            };
            let of_both = compared.totals.iter().filter(|_| is_part);
            let cells = totals.iter().chain(of_both).map(known);
            Line {
                name,
                cells: cells.chain([difference]).collect(),
            }
        })
}

fn row(line: Line) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{line.name}</th>
            {line.cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_of_the_days_both_have() {
        let of = |load: f64, duration_s: f64| Totals {
            sessions: 2,
            duration_s: Some(duration_s),
            cardio_load: Some(load),
            ..Totals::default()
        };
        let totals = [of(884.0, 36_000.0), of(814.0, 30_000.0)];
        let compared = Compared {
            days: 6,
            totals: [of(726.0, 30_000.0), of(814.0, 30_000.0)],
        };
        let told = cells(&totals, &compared);
        assert_eq!(told[4], ["884", "814", "726", "814", "−88"]);
        assert_eq!(told[1][4], "0\u{a0}min");
        assert_eq!(told[2], ["–"; 5]);

        // Without a day of both nothing is compared, and there is nothing to put beside it.
        let nothing = Compared {
            days: 0,
            totals: [Totals::default(); 2],
        };
        assert_eq!(cells(&totals, &nothing)[4], ["884", "814", "–"]);
        // Where all there is is compared, it is told once.
        let all = Compared { days: 7, totals };
        assert_eq!(cells(&totals, &all)[4], ["884", "814", "+70"]);
    }

    fn cells(totals: &[Totals; 2], compared: &Compared) -> Vec<Vec<String>> {
        let rows = rows(totals, compared, Units::default());
        rows.map(|line| line.cells).collect()
    }
}
