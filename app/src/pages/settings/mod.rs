//! Settings: the twins, where they go, when to raise an alarm, and how it is all written.
//!
//! Plain forms, each of its own, answered by the server. What stands in them is taken from the first
//! answer and left alone afterwards: a page that keeps itself fresh must not take away what somebody
//! types.

mod field;
mod import;
mod itinerary;
mod limits;
mod notice;
mod twins;
mod units;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use views::Settings;

use self::import::Import;
use self::itinerary::ItineraryTable;
use self::limits::Limits;
use self::notice::Place;
use self::twins::Twins;
use self::units::UnitsChoice;
use super::guide::GuideSteps;
use crate::components::{
    Fresh, Freshness, Notice, Notices, PageHeader, PageNames, SkeletonKind, answered_page,
};
use crate::functions;

/// `/settings`
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    answered_page(
        PageNames {
            title: "Settings",
            what: "The settings",
            address: "/settings",
        },
        SkeletonKind::Sheet,
        || (),
        |()| functions::settings(),
        |settings: &Settings| &settings.head,
        |settings, fresh| view! { <Loaded settings fresh /> }.into_any(),
    )
}

#[component]
fn Loaded(settings: Signal<Settings>, fresh: Fresh) -> impl IntoView {
    let query = use_query_map();
    let notice = Memo::new(move |_| query.with(|query| notice::of(query.get_str("notice"))));
    let of_no_section = Signal::derive(move || {
        let sentence = notice.get().filter(|(place, _)| *place == Place::Page);
        sentence
            .map(|(_, text)| text.to_owned())
            .into_iter()
            .collect()
    });
    let guide = Memo::new(move |_| settings.with(|settings| settings.guide.clone()));
    let Settings {
        may_change,
        twins,
        limits,
        itinerary,
        import,
        units,
        ..
    } = settings.get_untracked();
    view! {
        <PageHeader name="Settings" fresh />
        <Notices lines=of_no_section />
        <Freshness fresh />
        <nav class="set-nav" aria-label="Sections of this page">
            {Place::SECTIONS
                .map(|place| {
                    view! {
                        <a class="btn btn-quiet" href=format!("#{}", place.id()) rel="external">
                            {place.name()}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
        <div class="settings">
            <Section place=Place::Twins notice>
                <Twins twins may_change />
            </Section>
            <Section place=Place::Itinerary notice>
                <ItineraryTable form=itinerary may_change />
                {may_change.then(|| view! { <Import form=import /> })}
            </Section>
            <Section place=Place::Alarms notice>
                <Limits limits may_change />
            </Section>
            <Section place=Place::Units notice>
                <UnitsChoice form=units />
            </Section>
            <Section place=Place::Start notice>
                {move || view! { <GuideSteps guide=guide.get() /> }}
            </Section>
        </div>
    }
    .into_any()
}

/// A part of the page, with what came of its form.
#[component]
fn Section(
    place: Place,
    notice: Memo<Option<(Place, &'static str)>>,
    children: Children,
) -> impl IntoView {
    let sentence = Memo::new(move |_| {
        let here = notice.get().filter(|(of, _)| *of == place);
        here.map(|(_, sentence)| sentence.to_owned())
    });
    let title = format!("{}-title", place.id());
    view! {
        <section class="sheet set" id=place.id() aria-labelledby=title.clone()>
            <h2 id=title.clone()>{place.name()}</h2>
            <p class="set-lead">{place.lead()}</p>
            <Notice sentence />
            {children()}
        </section>
    }
    .into_any()
}
