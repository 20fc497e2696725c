//! The six tiles: tabs that open onto the sheet below.

use leptos::prelude::*;
use physiology::Metric;
use views::Overview;

use super::tile::TileTab;
use super::wanted::Wanted;
use crate::browser;
use crate::components::Fresh;

/// The id of the sheet the tabs open onto.
pub(super) const SHEET: &str = "sheet";

/// The id of a metric's tab.
pub(super) fn tab_id(metric: Metric) -> String {
    format!("tab-{}", metric.id())
}

/// The tiles. With the keyboard, arrows move between them and Enter opens one.
#[component]
pub(super) fn Tiles(
    overview: Signal<Overview>,
    wanted: Memo<Wanted>,
    fresh: Fresh,
) -> impl IntoView {
    let metrics = Memo::new(move |_| {
        overview.with(|overview| {
            overview
                .tiles
                .iter()
                .map(|tile| tile.metric)
                .collect::<Vec<_>>()
        })
    });
    let shown = Memo::new(move |_| overview.with(|overview| overview.chart.metric));
    // Only with its script can the list be one stop of the Tab key: arrows reach the rest.
    let has_script = RwSignal::new(false);
    Effect::new(move |_| has_script.set(true));
    let is_stop = move |metric: Metric| {
        let stop = metrics.with(|metrics| {
            let shown = shown.get();
            if metrics.contains(&shown) {
                Some(shown)
            } else {
                metrics.first().copied()
            }
        });
        stop == Some(metric)
    };
    let tab = move |metric: Metric| {
        let tile = Memo::new(move |_| {
            overview.with(|overview| {
                overview
                    .tiles
                    .iter()
                    .find(|tile| tile.metric == metric)
                    .cloned()
            })
        });
        let today = Memo::new(move |_| overview.with(|overview| overview.head.today));
        view! {
            // The tab is the link; the article is there to be found.
            <article class="tile" role="none" data-metric=metric.id()>
                <a
                    class="tile-tab"
                    id=tab_id(metric)
                    role="tab"
                    href=move || wanted.with(|wanted| wanted.with_metric(metric))
                    aria-selected=move || (shown.get() == metric).to_string()
                    aria-controls=SHEET
                    tabindex=move || (has_script.get() && !is_stop(metric)).then_some("-1")
                    data-noscroll
                    on:keydown=move |event| {
                        let next = metrics.with_untracked(|all| neighbour(all, metric, &event.key()));
                        if let Some(next) = next {
                            event.prevent_default();
                            browser::focus(&tab_id(next));
                        }
                    }
                >
                    {move || tile.get().map(|tile| view! { <TileTab tile today fresh /> })}
                </a>
            </article>
        }
        .into_any()
    };
    view! {
        <div class="tiles" role="tablist" aria-label="Metrics">
            <For each=move || metrics.get() key=|metric| *metric children=tab />
        </div>
    }
    .into_any()
}

/// The tile a key leads to.
fn neighbour(all: &[Metric], from: Metric, key: &str) -> Option<Metric> {
    let index = all.iter().position(|metric| *metric == from)?;
    let last = all.len().checked_sub(1)?;
    let to = match key {
        "ArrowRight" | "ArrowDown" => (index + 1) % all.len(),
        "ArrowLeft" | "ArrowUp" => index.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    all.get(to).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round() {
        let all = Metric::OVERVIEW;
        let (first, last) = (all[0], all[5]);
        assert_eq!(neighbour(&all, first, "ArrowRight"), Some(all[1]));
        assert_eq!(neighbour(&all, last, "ArrowRight"), Some(first));
        assert_eq!(neighbour(&all, first, "ArrowLeft"), Some(last));
        assert_eq!(neighbour(&all, all[3], "Home"), Some(first));
        assert_eq!(neighbour(&all, all[3], "End"), Some(last));
        assert_eq!(neighbour(&all, all[3], "Tab"), None);
        assert_eq!(neighbour(&[], first, "Home"), None);
    }
}
