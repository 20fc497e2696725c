//! Which nights or days were received: a strip, one mark a day.

use leptos::prelude::*;
use physiology::{Day, Twin, Vendor};
use views::connections::Coverage;

/// The strip with its count; what is missing is named.
#[component]
pub(super) fn CoverageStrip(
    twin: Twin,
    vendor: Vendor,
    coverage: Vec<(Day, Coverage)>,
) -> impl IntoView {
    let (Some((first, _)), Some((last, _))) = (coverage.first(), coverage.last()) else {
        return ().into_any();
    };
    let ends = (first.short(), last.short());
    let received = count(&coverage, Coverage::Received);
    let left = match vendor {
        Vendor::Oura => format!("Nights received, {received} of {}", coverage.len()),
        Vendor::Polar => format!("Training days received, {received}"),
    };
    let right = missing(&coverage).or_else(|| {
        (count(&coverage, Coverage::Rest) > 0).then(|| "Outlined: no training".to_owned())
    });
    let days = coverage
        .into_iter()
        .map(|(_, day)| {
            let class = match day {
                Coverage::Received => "got",
                Coverage::Rest => "rest",
                Coverage::Missing => "gone",
            };
            view! { <i class=class></i> }
        })
        .collect_view();
    view! {
        <div class=format!("coverage coverage-{}", twin.id())>
            <p class="coverage-head">
                <span>{left}</span>
                <span>{right}</span>
            </p>
            <div class="coverage-days" aria-hidden="true">
                {days}
            </div>
            <p class="coverage-ends" aria-hidden="true">
                <span>{ends.0}</span>
                <span>{ends.1}</span>
            </p>
        </div>
    }
    .into_any()
}

fn count(coverage: &[(Day, Coverage)], of: Coverage) -> usize {
    coverage.iter().filter(|(_, day)| *day == of).count()
}

/// `Missing 8 Oct`, `Missing 26 Sep and 8 Oct`, `Missing 5 days`.
fn missing(coverage: &[(Day, Coverage)]) -> Option<String> {
    let days: Vec<Day> = coverage
        .iter()
        .filter(|(_, day)| *day == Coverage::Missing)
        .map(|(day, _)| *day)
        .collect();
    match days.as_slice() {
        [] => None,
        [one] => Some(format!("Missing {}", one.short())),
        [one, two] if (one.year(), one.month()) == (two.year(), two.month()) => Some(format!(
            "Missing {} and {}",
            one.day_of_month(),
            two.short()
        )),
        [one, two] => Some(format!("Missing {} and {}", one.short(), two.short())),
        more => Some(format!("Missing {} days", more.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_days_are_named_while_they_are_few() {
        let strip = |gone: &[i64]| {
            let first: Day = "2026-09-26".parse().unwrap();
            let days = (0..20).map(|offset| {
                let day = if gone.contains(&offset) {
                    Coverage::Missing
                } else {
                    Coverage::Received
                };
                (first.plus(offset), day)
            });
            missing(&days.collect::<Vec<_>>())
        };
        assert_eq!(strip(&[]), None);
        assert_eq!(strip(&[12]).as_deref(), Some("Missing 8 Oct"));
        assert_eq!(strip(&[0, 1]).as_deref(), Some("Missing 26 and 27 Sep"));
        assert_eq!(strip(&[0, 12]).as_deref(), Some("Missing 26 Sep and 8 Oct"));
        assert_eq!(strip(&[0, 1, 2]).as_deref(), Some("Missing 3 days"));
    }
}
