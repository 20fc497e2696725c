//! Where a chart is seen and touched: the picture, what lies over it, pointers and keys.
//!
//! The server sends pictures as SVG in the widths a figure asks for; the stylesheet shows one of
//! them, so that there is a chart without JavaScript, in print and before it loads. The browser then
//! measures its room, paints the same shapes on a canvas in place of the SVG's, and what follows the
//! crosshair on another one over it, so that pointing never paints the data again. Text stays SVG
//! throughout.

mod brush;
mod gesture;
mod look;
mod nav;
mod tools;
mod touch;

#[cfg(feature = "hydrate")]
mod live;
#[cfg(not(feature = "hydrate"))]
#[path = "still.rs"]
mod live;

use chart::{Picture, Size, svg};
use leptos::ev::KeyboardEvent;
use leptos::html::{Canvas, Div};
use leptos::prelude::*;

pub(crate) use self::brush::{Brush, StripOf};
pub(crate) use self::live::files;
pub(crate) use self::look::Look;
pub(crate) use self::nav::Nav;
pub(crate) use self::tools::ZoomTools;
use self::touch::Touching;
use super::picture::{label_elements, px};

/// The room a stage has on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Screen {
    /// CSS px.
    pub size: Size,
    /// Device pixels a CSS pixel.
    pub device_px_per_px: f64,
}

/// The elements the browser paints on and listens to.
#[derive(Clone, Copy, Default)]
struct Nodes {
    /// What is measured.
    stage: NodeRef<Div>,
    /// The data.
    data: NodeRef<Canvas>,
    /// What follows the crosshair.
    over: NodeRef<Canvas>,
}

/// How the crosshair is moved.
#[derive(Clone, Copy)]
pub(crate) struct Follow {
    /// To what is nearest to a position, px from the stage's left edge.
    pub point: Callback<f64>,
    /// By keys.
    pub step: Callback<Step>,
    /// Away.
    pub leave: Callback<()>,
    /// Where it stands on the axis; none while it is away.
    pub stands: Signal<Option<f64>>,
    /// Opens what is tapped, px from the stage's left and top edges; none where nothing opens.
    pub tap: Option<Callback<(f64, f64)>>,
}

/// What a key does to the crosshair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// So many stops to the right.
    By(isize),
    /// So many long steps to the right.
    Far(isize),
    /// To the first stop.
    First,
    /// To the last stop.
    Last,
}

impl Step {
    /// So many stops to the right, where a long step is so many.
    pub(crate) const fn stops(self, long: isize) -> isize {
        match self {
            Self::By(stops) => stops,
            Self::Far(steps) => steps.saturating_mul(long),
            Self::First => isize::MIN,
            Self::Last => isize::MAX,
        }
    }
}

/// What a figure shows.
#[derive(Clone, Copy)]
pub(crate) struct Scene {
    /// The room on the screen, once measured.
    pub screen: RwSignal<Option<Screen>>,
    /// What is painted; none before the room is measured.
    pub picture: Memo<Option<Picture>>,
    /// What lies over it.
    pub over: Memo<Option<Picture>>,
    /// All of it in words.
    pub summary: Memo<String>,
    /// How the crosshair is moved.
    pub follow: Follow,
    /// What of the axis is shown; none where it always is everything.
    pub nav: Option<Nav>,
}

/// A picture for those whom no script measures, and the class that shows it where it fits.
pub(crate) type Still = (&'static str, Picture);

/// The stage. `data-live` is set on it once the browser paints and follows.
#[component]
pub(crate) fn Stage(
    scene: Scene,
    /// The pictures the server sends.
    still: Signal<Vec<Still>>,
    /// What it is and how keys move in it.
    label: &'static str,
    /// The stylesheet's, beside `stage`.
    class: &'static str,
) -> AnyView {
    let nodes = Nodes::default();
    let painted = RwSignal::new(false);
    live::attach(nodes, scene, painted);
    let touching = Touching::new(scene);
    let is_measured = Memo::new(move |_| scene.picture.with(Option::is_some));
    view! {
        <div
            class=format!("stage {class}")
            class:is-closer=move || scene.nav.is_some_and(Nav::is_closer)
            class:can-zoom=scene.nav.is_some()
            data-live=move || painted.get().then_some("")
            node_ref=nodes.stage
            tabindex="0"
            role="group"
            aria-label=label
            on:pointerdown=move |event| touching.down(&event)
            on:pointermove=move |event| touching.moved(&event)
            on:pointerup=move |event| touching.up(&event)
            on:pointercancel=move |event| touching.cancelled(&event)
            on:pointerleave=move |event| touching.left(&event)
            on:dblclick=move |_| touching.everything()
            on:wheel=move |event| touching.wheel(&event)
            on:keydown=move |event| key(scene, touching, &event)
        >
            {move || if is_measured.get() { live_picture(scene, painted) } else { stills(scene, still) }}
            {over(scene, painted)}
            <canvas class="stage-canvas" node_ref=nodes.data aria-hidden="true"></canvas>
            <canvas class="stage-canvas stage-canvas-over" node_ref=nodes.over aria-hidden="true"></canvas>
            {touching.chosen()}
        </div>
    }
    .into_any()
}

/// The pictures of which one fits.
fn stills(scene: Scene, still: Signal<Vec<Still>>) -> AnyView {
    let element = |(class, picture): &Still| {
        view! {
            <svg
                class=format!("chart-text stage-svg {class}")
                viewBox=view_box(picture.size)
                width=px(picture.size.width_px)
                height=px(picture.size.height_px)
                preserveAspectRatio="xMinYMin meet"
                role="img"
                aria-label=move || scene.summary.get()
                inner_html=svg(&picture.shapes) + &label_elements(&picture.labels)
            ></svg>
        }
    };
    still.with(|still| still.iter().map(element).collect_view().into_any())
}

/// The picture that fits: its text, and its shapes until a canvas shows them.
fn live_picture(scene: Scene, painted: RwSignal<bool>) -> AnyView {
    let of = move |read: fn(Size) -> String| {
        scene
            .picture
            .with(|picture| picture.as_ref().map(|picture| read(picture.size)))
    };
    let texts = NodeRef::new();
    live::texts(texts, scene.picture);
    view! {
        <svg
            class="chart-text stage-svg"
            viewBox=move || of(view_box)
            width=move || of(|size| px(size.width_px))
            height=move || of(|size| px(size.height_px))
            preserveAspectRatio="xMinYMin meet"
            role="img"
            aria-label=move || scene.summary.get()
        >
            <g inner_html=geometry(scene.picture, painted)></g>
            <g node_ref=texts></g>
        </svg>
    }
    .into_any()
}

/// What lies over the picture: its text, and its shapes until a canvas shows them.
fn over(scene: Scene, painted: RwSignal<bool>) -> AnyView {
    let texts = NodeRef::new();
    live::texts(texts, scene.over);
    view! {
        <svg class="chart-text stage-over" aria-hidden="true">
            <g inner_html=geometry(scene.over, painted)></g>
            <g node_ref=texts></g>
        </svg>
    }
    .into_any()
}

/// Shapes where no canvas shows them.
fn geometry(picture: Memo<Option<Picture>>, painted: RwSignal<bool>) -> impl Fn() -> String {
    move || {
        if painted.get() {
            return String::new();
        }
        picture.with(|picture| {
            let shapes = picture.as_ref().map(|picture| svg(&picture.shapes));
            shapes.unwrap_or_default()
        })
    }
}

/// Keeps what is drawn anew whenever what it is drawn from changes: to compare it with what was
/// drawn before takes as long as to draw it, and to keep both takes twice the memory.
pub(crate) fn redrawn<T: Send + Sync + 'static>(
    draw: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new_owning(move |before| {
        drop(before);
        (draw(), true)
    })
}

fn view_box(size: Size) -> String {
    format!("0 0 {} {}", px(size.width_px), px(size.height_px))
}

fn key(scene: Scene, touching: Touching, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let follow = scene.follow;
    let step = |right: isize| {
        if event.shift_key() {
            Step::Far(right)
        } else {
            Step::By(right)
        }
    };
    let key = event.key();
    match (key.as_str(), scene.nav) {
        ("ArrowLeft", _) => stepped(scene, step(-1)),
        ("ArrowRight", _) => stepped(scene, step(1)),
        ("Home", _) => stepped(scene, Step::First),
        ("End", _) => stepped(scene, Step::Last),
        ("+" | "=", Some(nav)) => nav.press(true, follow.stands.get_untracked()),
        ("-" | "_" | "−", Some(nav)) => nav.press(false, follow.stands.get_untracked()),
        ("0", Some(_)) => touching.everything(),
        ("Escape", _) => escape(scene, touching),
        _ => return,
    }
    if key != "Escape" {
        touching.keyed();
    }
    event.prevent_default();
}

/// Moves the crosshair, and what is shown with it.
fn stepped(scene: Scene, step: Step) {
    scene.follow.step.run(step);
    if let (Some(nav), Some(at)) = (scene.nav, scene.follow.stands.get_untracked()) {
        nav.bring_into_sight(at);
    }
}

/// One thing at a time: the choice, the crosshair, then back to everything.
fn escape(scene: Scene, touching: Touching) {
    if touching.escaped() {
        return;
    }
    if scene.follow.stands.with_untracked(Option::is_some) {
        scene.follow.leave.run(());
    } else {
        touching.everything();
    }
}
