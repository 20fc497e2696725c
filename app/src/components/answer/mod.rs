//! What a page shows: the newest answer of the server, kept fresh.

mod fresh;
mod page;

use codee::binary::PostcardCodec;
use leptos::either::EitherOf3;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use views::PageHead;

use super::Problem;
use crate::functions::PageError;
pub(crate) use fresh::{Fresh, Freshness};
pub(crate) use page::{PageNames, answered_page};

/// What the server answers: a page's view, or an error.
type Answer<T> = Resource<Result<T, PageError>, PostcardCodec>;

/// Asks the server, and again whenever what is asked with changes. Answers travel as postcard: what
/// reads JSON is a third of a page's code.
pub(crate) fn ask<S, T, Asked>(
    with: impl Fn() -> S + Send + Sync + 'static,
    of: impl Fn(S) -> Asked + Send + Sync + 'static,
) -> Answer<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Asked: Future<Output = Result<T, PageError>> + Send + 'static,
{
    Resource::new_with_options(with, of, false)
}

/// The newest answer there is, inside a `Transition`. One that fails leaves the one before it
/// standing; where there never was one, the page is a sentence.
fn answered<T>(
    names: PageNames,
    answer: Answer<T>,
    round: RwSignal<u32>,
    head: fn(&T) -> &PageHead,
    show: impl Fn(Signal<T>, Fresh) -> AnyView + Send + 'static,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let PageNames { what, address, .. } = names;
    let newest = Memo::new(move |before: Option<&Option<T>>| {
        let now = answer.with(|answer| answer.as_ref().and_then(|result| result.clone().ok()));
        now.or_else(|| before.cloned().flatten())
    });
    let failure = Memo::new(move |_| {
        answer.with(|answer| answer.as_ref().and_then(|result| result.clone().err()))
    });
    let is_there = Memo::new(move |_| newest.with(Option::is_some));
    let page = move || {
        if is_there.get() {
            // There is one from here on: the memo never goes back to none.
            let first = newest.get_untracked();
            EitherOf3::A(first.map(|first| {
                let page: Signal<T> =
                    Memo::new(move |_| newest.get().unwrap_or_else(|| first.clone())).into();
                let head = Memo::new(move |_| page.with(|page| head(page).clone())).into();
                show(page, Fresh::keep(head, answer, failure, round, address))
            }))
        } else if let Some(error) = failure.get() {
            EitherOf3::B(view! { <Problem what error again=address /> })
        } else {
            EitherOf3::C(())
        }
    };
    page.into_any()
}
