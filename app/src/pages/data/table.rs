//! The table itself, its pages, and its files.

use leptos::prelude::*;
use physiology::Quality;
use views::data::{DataFilter, DataRow, DataValue, DataView};

use super::wanted::page;
use crate::components::{Fresh, Glyph, Icon, TwinMark};
use crate::format::{Now, count};

/// `812 rows`, on a page of several `101 to 200 of 812 rows`.
pub(super) fn counted(data: &DataView) -> String {
    let total = u64::from(data.total);
    let all = count(total, "row", "rows");
    if data.pages < 2 {
        return all;
    }
    let before = u64::from(data.page - 1) * 100;
    format!(
        "{} to {} of {all}",
        before + 1,
        before + data.rows.len() as u64
    )
}

/// A line a value.
#[component]
pub(super) fn ValueTable(data: Signal<DataView>, fresh: Fresh) -> impl IntoView {
    let is_empty = move || data.with(|data| data.rows.is_empty());
    let rows = move || {
        data.with(|data| {
            let now = fresh.local();
            data.rows.iter().map(|row| line(row, now)).collect_view()
        })
    };
    view! {
        <div class="data-scroll" tabindex="0" role="group" aria-label="Values">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Day"</th>
                        <th scope="col">"Twin"</th>
                        <th scope="col">"Metric"</th>
                        <th scope="col" class="is-number">
                            "Value"
                        </th>
                        <th scope="col">"Source"</th>
                        <th scope="col">"Quality"</th>
                        <th scope="col">"Received"</th>
                        <th scope="col">"Document"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {move || {
            is_empty()
                .then(|| {
                    view! {
                        <p class="data-none">
                            "Nothing here. Choose other days, or fewer limits in the form above."
                        </p>
                    }
                })
        }}
    }
    .into_any()
}

fn line(row: &DataRow, now: Now) -> impl IntoView + use<> {
    let cells = match &row.value {
        DataValue::Measured {
            value,
            received_at,
            source,
            quality,
            document,
            ..
        } => view! {
            <td class="is-number" data-value=value.to_string()>
                {row.metric.written(now.units).with_unit(*value)}
            </td>
            <td>{source.name()}</td>
            <td>
                {match quality {
                    Quality::Complete => "Complete",
                    Quality::Partial => "Partial",
                }}
            </td>
            <td>{now.time_or_date(*received_at)}</td>
            <td class="data-document">{document.clone()}</td>
        }
        .into_any(),
        DataValue::Missing(absence) => view! {
            <td class="is-number">"–"</td>
            <td class="data-reason" colspan="4">
                {absence.sentence()}
            </td>
        }
        .into_any(),
    };
    view! {
        <tr data-metric=row.metric.id() data-subject=row.twin.id()>
            <th scope="row">
                <time datetime=row.day.to_string()>{row.day.with_weekday()}</time>
            </th>
            <td class=format!("who-{}", row.twin.id())>
                <TwinMark twin=row.twin />
                " "
                {row.twin.letter()}
            </td>
            <td>{row.metric.info().name}</td>
            {cells}
        </tr>
    }
}

/// The pages before and after.
#[component]
pub(super) fn Pager(data: Signal<DataView>, filter: Memo<DataFilter>) -> impl IntoView {
    let pages = Memo::new(move |_| data.with(|data| (data.page, data.pages)));
    move || {
        let (this, last) = pages.get();
        (last > 1).then(|| {
            let to = |number: u32, label: &'static str, glyph: Glyph| {
                let is_there = (1..=last).contains(&number);
                is_there.then(|| {
                    let address = filter.with(|filter| page(filter, number));
                    view! {
                        <a class="btn" href=address>
                            <Icon glyph />
                            {label}
                        </a>
                    }
                })
            };
            view! {
                <nav class="data-pager" aria-label="Pages">
                    {to(this - 1, "Newer", Glyph::Previous)}
                    <span>"Page " {this} " of " {last}</span>
                    {to(this + 1, "Older", Glyph::Next)}
                </nav>
            }
        })
    }
}

/// The same rows as files: all the filter selects, and of a long table this page alone.
#[component]
pub(super) fn Downloads(data: Signal<DataView>, filter: Memo<DataFilter>) -> impl IntoView {
    let this = Memo::new(move |_| data.with(|data| (data.pages > 1).then_some(data.page)));
    let link = move |ending: &'static str, name: &'static str, page: Option<u32>| {
        let page = page.map(|page| format!("&page={page}")).unwrap_or_default();
        let query = filter.with(DataFilter::query);
        view! {
            <a class="btn" href=format!("/data.{ending}?{query}{page}") rel="external" download>
                <Icon glyph=Glyph::Download />
                {name}
            </a>
        }
    };
    view! {
        <div class="data-files" role="group" aria-label="Download">
            {move || link("csv", "CSV", None)}
            {move || link("json", "JSON", None)}
            {move || this.get().map(|page| link("csv", "CSV of this page", Some(page)))}
        </div>
    }
    .into_any()
}
