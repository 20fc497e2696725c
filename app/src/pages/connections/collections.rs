//! What each collection's last sync came to.

use leptos::prelude::*;
use views::connections::{CollectionResult, CollectionRow};

use crate::components::Fresh;
use crate::format::count;

/// Malformed documents are named up to this many.
const MOST_NAMED: usize = 3;

/// The collections with their times, and below them what did not work.
#[component]
pub(super) fn Collections(rows: Vec<CollectionRow>, fresh: Fresh) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let troubles = rows
        .iter()
        .filter_map(|row| Some((row.name.clone(), trouble(&row.result)?)))
        .map(|(name, why)| {
            view! {
                <li>
                    <b>{name}</b>
                    ": "
                    {why}
                </li>
            }
        })
        .collect_view();
    let has_troubles = !troubles.is_empty();
    let times = rows
        .into_iter()
        .map(|row| view! { <Time row fresh /> })
        .collect_view();
    view! {
        <ul class="collections" aria-label="Collections, last synced">
            {times}
        </ul>
        {has_troubles
            .then(|| {
                view! {
                    <ul class="troubles" aria-label="What did not work">
                        {troubles}
                    </ul>
                }
            })}
    }
    .into_any()
}

#[component]
fn Time(row: CollectionRow, fresh: Fresh) -> impl IntoView {
    let is_in_trouble = trouble(&row.result).is_some();
    let state = match &row.result {
        CollectionResult::NotGranted => Some("no access"),
        CollectionResult::Failed(_) => Some("failed"),
        CollectionResult::Never => Some("–"),
        CollectionResult::Done | CollectionResult::Malformed(_) => None,
    };
    let time = move || match (state, row.synced_at) {
        (Some(state), _) => state.to_owned(),
        (None, Some(at)) => fresh.local().time_or_day(at),
        (None, None) => "–".to_owned(),
    };
    let newest = row
        .newest_day
        .map(|day| format!(", newest {}", day.short()))
        .unwrap_or_default();
    let title = format!("{}{newest}", count(row.documents, "document", "documents"));
    view! {
        <li class:is-in-trouble=is_in_trouble title=title>
            <span>{row.name}</span>
            <span>{time}</span>
        </li>
    }
    .into_any()
}

/// What to know of a collection, as the end of a sentence.
fn trouble(result: &CollectionResult) -> Option<String> {
    match result {
        CollectionResult::Never | CollectionResult::Done => None,
        CollectionResult::NotGranted => Some("access was not allowed by the twin.".to_owned()),
        CollectionResult::Failed(sentence) => Some(sentence.clone()),
        CollectionResult::Malformed(ids) => {
            let named = ids
                .iter()
                .take(MOST_NAMED)
                .map(String::as_str)
                .collect::<Vec<_>>();
            let more = if ids.len() > MOST_NAMED {
                " and more"
            } else {
                ""
            };
            Some(format!(
                "{} could not be read ({}{more}). The rest is stored.",
                count(ids.len() as u64, "document", "documents"),
                named.join(", ")
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_did_not_work_is_told() {
        assert_eq!(trouble(&CollectionResult::Done), None);
        assert_eq!(trouble(&CollectionResult::Never), None);
        assert!(trouble(&CollectionResult::NotGranted).is_some());
        let ids = |number: usize| (0..number).map(|id| format!("d{id}")).collect::<Vec<_>>();
        let malformed = |number| trouble(&CollectionResult::Malformed(ids(number))).unwrap();
        assert_eq!(
            malformed(1).replace('\u{a0}', " "),
            "1 document could not be read (d0). The rest is stored."
        );
        assert!(malformed(900).contains("(d0, d1, d2 and more)"));
    }
}
