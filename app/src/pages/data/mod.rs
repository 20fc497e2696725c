//! Data: how complete it is, and the table of daily values.

mod coverage;
mod filter;
mod table;
mod wanted;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use views::data::DataView;

use self::coverage::CoverageList;
use self::filter::FilterForm;
use self::table::{Downloads, Pager, ValueTable};
use self::wanted::Wanted;
use crate::components::{
    Fresh, Freshness, Notices, PageHeader, PageNames, RangeControl, SkeletonKind, answered_page,
    written,
};
use crate::functions;

/// `/data`
#[component]
pub(crate) fn DataPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(Wanted::from_query));
    answered_page(
        PageNames {
            title: "Data",
            what: "The data",
            address: "/data",
        },
        SkeletonKind::Sheet,
        move || wanted.with(|wanted| (wanted.filter.query(), wanted.page)),
        |(filter, page)| functions::data(filter, page),
        |data: &DataView| &data.head,
        move |data, fresh| view! { <Loaded data fresh wanted /> }.into_any(),
    )
}

#[component]
fn Loaded(data: Signal<DataView>, fresh: Fresh, wanted: Memo<Wanted>) -> impl IntoView {
    let range = Memo::new(move |_| wanted.with(|wanted| wanted.range.clone()));
    let days = Memo::new(move |_| data.with(|data| data.days));
    let addresses = Memo::new(move |_| wanted.with(|wanted| wanted::addresses(&wanted.filter)));
    let filter = Memo::new(move |_| wanted.with(|wanted| wanted.filter.clone()));
    let names = Memo::new(move |_| fresh.head.with(|head| head.names.clone()));
    let problems = move || wanted.with(Wanted::problems);
    let shown = move || written(days.get());
    view! {
        <PageHeader name="Data" fresh />
        <Notices lines=Signal::derive(problems) />
        <Freshness fresh />
        <div class="data-bar">
            <RangeControl wanted=range days address=addresses />
            <FilterForm filter names />
        </div>
        <section class="sheet data-coverage" aria-labelledby="coverage">
            <div class="data-head">
                <h2 id="coverage">"How complete"</h2>
                <p class="sub">{shown}</p>
            </div>
            <CoverageList data names />
        </section>
        <section class="sheet data-values" aria-labelledby="values">
            <div class="data-head">
                <h2 id="values">"Daily values"</h2>
                <p class="sub">{move || data.with(table::counted)}</p>
                <Downloads data filter />
            </div>
            <ValueTable data fresh />
            <Pager data filter />
        </section>
    }
    .into_any()
}
