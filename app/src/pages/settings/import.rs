//! An itinerary from a file.

use leptos::prelude::*;
use physiology::metric::decimal;
use views::settings::{ImportForm, ImportReport};

use super::field::{Input, Named, Summary, Typed, wrong};

/// A file, or lines pasted. What is read stands in the table above, and is not kept before that is
/// saved.
#[component]
pub(super) fn Import(form: ImportForm) -> impl IntoView {
    let is_open = !form.problem.is_empty() || !form.utc_offset.problem.is_empty();
    let offset = Named::new("import", "utc_offset", "Local time ahead of UTC")
        .hint("For points that do not say. Nepal is +05:45.");
    let summary = wrong([(&offset, &form.utc_offset)]);
    view! {
        <details class="set-import" open=is_open>
            <summary class="btn">"Take the points from a file"</summary>
            <form
                method="post"
                action="/settings?form=import#itinerary"
                enctype="multipart/form-data"
            >
                <Summary problem=form.problem fields=summary />
                <p>
                    "GPX: a recorded track with altitude and time; its named way points become places."
                </p>
                <p>
                    "CSV: a header " <code>"at,altitude_m,place,utc_offset"</code>
                    ", then a row a point, such as "
                    <code>"2026-10-05T08:30,2860,Lukla,+05:45"</code> "."
                </p>
                <p>
                    "A point is left out where the straight line between its neighbours passes within \
                     20 m of it. Named points stay."
                </p>
                <div class="set-fields">
                    <div class="set-field">
                        <label for="import-file">"File, at most 5 MB"</label>
                        <input
                            class="field set-file"
                            id="import-file"
                            name="file"
                            type="file"
                            accept=".gpx,.csv,application/gpx+xml,text/csv,text/plain"
                        />
                    </div>
                    <Input named=offset field=form.utc_offset typed=Typed::Text />
                    <div class="set-field set-field-wide">
                        <label for="import-text">"Or paste its lines"</label>
                        <textarea class="field" id="import-text" name="text" rows="4" spellcheck="false">
                            {form.text}
                        </textarea>
                    </div>
                </div>
                <button class="btn" type="submit">
                    "Read the points"
                </button>
            </form>
        </details>
    }
    .into_any()
}

/// What came of reading: how much of it stays, and what was not read.
#[component]
pub(super) fn Report(report: ImportReport) -> impl IntoView {
    let number = |count: u32| decimal(f64::from(count), 0, false);
    let thinned = (report.kept < report.read).then(|| {
        format!(
            " The others are within {} m of the line through these.",
            number(report.within_m)
        )
    });
    let (told, more) = (report.skipped, report.more_skipped);
    let total = told.len() as u32 + more;
    let skipped = (total > 0).then(|| {
        let lines = told
            .into_iter()
            .map(|skipped| {
                view! {
                    <li>
                        <b>"Line " {number(skipped.line)}</b>
                        " "
                        {skipped.why}
                    </li>
                }
            })
            .collect_view();
        view! {
            <details class="set-skipped">
                <summary class="btn btn-quiet">{number(total)} " not read: which, and why"</summary>
                <ul>
                    {lines}
                    {(more > 0).then(|| view! { <li>{number(more)} " more."</li> })}
                </ul>
            </details>
        }
    });
    view! {
        <div class="set-report" role="status">
            <p>
                <b>"Nothing is saved yet."</b> " " {number(report.read)} " points were read from "
                {report.format} ", " {number(report.kept)} " of them stay below." {thinned}
                " Look them through, then save: they take the place of the present points."
            </p>
            {skipped}
        </div>
    }
    .into_any()
}
