//! The scaffold of a page: its title, its place in the frame, and a skeleton until the server has
//! answered.

use leptos::prelude::*;
use leptos_meta::Title;
use serde::Serialize;
use serde::de::DeserializeOwned;
use views::PageHead;

use super::{Fresh, answered, ask};
use crate::components::{Skeleton, SkeletonKind};
use crate::functions::PageError;

/// What a page is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageNames {
    /// In the window's title, and to whoever waits for the first answer.
    pub title: &'static str,
    /// What it shows, at the head of a sentence: `The overview`.
    pub what: &'static str,
    /// Its own address.
    pub address: &'static str,
}

/// A page of what the server answers, asked for again whenever `with` changes, and kept fresh.
///
/// `of` asks the server, `head` is where the view keeps its head, and `show` draws the page once
/// there is an answer. Only what must know the view's type is compiled for each page.
pub(crate) fn answered_page<S, T, Asked>(
    names: PageNames,
    skeleton: SkeletonKind,
    with: impl Fn() -> S + Send + Sync + 'static,
    of: impl Fn(S) -> Asked + Send + Sync + 'static,
    head: fn(&T) -> &PageHead,
    show: impl Fn(Signal<T>, Fresh) -> AnyView + Send + 'static,
) -> AnyView
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    Asked: Future<Output = Result<T, PageError>> + Send + 'static,
{
    let round = RwSignal::new(0_u32);
    // Another round asks the same anew.
    let answer = ask(move || (with(), round.get()), move |(with, _)| of(with));
    scaffold(
        names.title,
        skeleton,
        Box::new(move || answered(names, answer, round, head, show)),
    )
}

/// All of a page that is the same for each. What it shows is made inside the `Transition`.
fn scaffold(
    title: &'static str,
    kind: SkeletonKind,
    page: Box<dyn FnOnce() -> AnyView + Send>,
) -> AnyView {
    view! {
        <Title text=title />
        <main class="page" id="page" tabindex="-1">
            <Transition fallback=move || {
                view! { <Skeleton kind name=title /> }
            }>{page()}</Transition>
        </main>
    }
    .into_any()
}
