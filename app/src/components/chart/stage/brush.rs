//! The strip under a figure: the whole record, and the part of it that is looked at.

use chart::{
    Bounds, BrushPart, Picture, View, brush_at, brush_edges, brush_handle, brush_part, svg,
};
use leptos::ev::PointerEvent;
use leptos::html::Div;
use leptos::prelude::*;

use super::{Nav, live, px, redrawn};
use crate::components::chart::picture::label_elements;

/// The strip's width before it is measured, px.
const WIDTH_PX: f64 = 676.0;

/// What the strip shows.
#[derive(Clone, Copy)]
pub(crate) struct StripOf {
    /// The whole record, of which the figure may have no more than a range; in its axis's unit.
    pub bounds: Memo<Bounds>,
    /// The record, for a width, px.
    pub picture: Callback<f64, Picture>,
    /// Called with what was chosen where the figure has not all of it; whether that is fetched.
    pub beyond: Callback<View, bool>,
}

/// What of the strip is dragged, and from where.
#[derive(Clone, Copy)]
struct Drag {
    part: BrushPart,
    /// Where the pointer was put, in the axis's unit.
    from: f64,
    /// What was shown then.
    view: View,
}

/// The strip. It says nothing that the figure over it and the range's control do not say, and does
/// nothing that keys do not do there: it is for pointers alone.
#[component]
pub(crate) fn Brush(nav: Nav, strip: StripOf) -> AnyView {
    let place = NodeRef::<Div>::new();
    let width_px = RwSignal::new(WIDTH_PX);
    live::measure_width(place, width_px);
    let bounds = strip.bounds;
    let drag = StoredValue::new(None::<Drag>);
    // What is dragged to beyond what the figure has, for as long as it is dragged.
    let beyond = RwSignal::new(None::<View>);
    let at = move |event: &PointerEvent| {
        brush_at(bounds.get(), width_px.get(), f64::from(event.offset_x()))
    };
    let show = move |view: View| {
        let view = bounds.get().fit(view);
        let is_beyond = !nav.bounds().holds(view);
        beyond.set(is_beyond.then_some(view));
        // The figure goes along as far as it can.
        nav.show(view);
    };
    let down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        live::capture(&event);
        untrack(|| {
            let view = nav.wanted();
            let x = f64::from(event.offset_x());
            let part = brush_part(bounds.get(), view, width_px.get(), x);
            drag.set_value(Some(Drag {
                part,
                from: at(&event),
                view,
            }));
        });
    };
    let moved = move |event: PointerEvent| {
        if let Some(drag) = drag.get_value() {
            untrack(|| show(drag.to(at(&event))));
        }
    };
    let up = move |event: PointerEvent| {
        let Some(drag) = drag.try_update_value(Option::take).flatten() else {
            return;
        };
        untrack(|| {
            let to = at(&event);
            if drag.part == BrushPart::Outside && to == drag.from {
                // A tap brings what is shown there.
                let half = drag.view.span() / 2.0;
                show(View {
                    from: to - half,
                    to: to + half,
                });
            }
            let view = beyond.get();
            beyond.set(None);
            if view.is_some_and(|view| strip.beyond.run(view)) {
                // What the address then looks at comes after this.
                nav.forget();
            } else {
                nav.settle();
            }
        });
    };
    let cancelled = move |_| {
        drag.set_value(None);
        beyond.set(None);
        nav.settle();
    };
    let picture = redrawn(move || strip.picture.run(width_px.get()));
    let size = move || picture.with(|picture| (picture.size.width_px, picture.size.height_px));
    let edges = Memo::new(move |_| {
        let view = beyond.get().unwrap_or_else(|| nav.view());
        brush_edges(bounds.get(), view, width_px.get())
    });
    let from = Signal::derive(move || edges.get().0);
    let to = Signal::derive(move || edges.get().1);
    let all =
        move || picture.with(|picture| svg(&picture.shapes) + &label_elements(&picture.labels));
    view! {
        <div
            class="brush"
            aria-hidden="true"
            node_ref=place
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=cancelled
        >
            <svg
                class="chart-text"
                viewBox=move || format!("0 0 {} {}", px(size().0), px(size().1))
                height=move || px(size().1)
                preserveAspectRatio="none"
            >
                // Moved piece by piece: it follows with every frame.
                <rect class="brush-rest" height="100%" width=move || px(from.get())></rect>
                <rect
                    class="brush-rest"
                    height="100%"
                    x=move || px(to.get())
                    width=move || px((width_px.get() - to.get()).max(0.0))
                ></rect>
                <rect
                    class="brush-window"
                    y="0.5"
                    height=move || px(size().1 - 1.0)
                    x=move || px(from.get())
                    width=move || px(to.get() - from.get())
                ></rect>
                {[from, to].map(handle)}
                <g inner_html=all></g>
            </svg>
        </div>
    }
    .into_any()
}

fn handle(at: Signal<f64>) -> AnyView {
    view! {
        <g
            transform=move || format!("translate({} 0)", px(at.get()))
            inner_html=svg(&brush_handle())
        ></g>
    }
    .into_any()
}

impl Drag {
    /// What is shown once the pointer is at a place.
    fn to(self, at: f64) -> View {
        let View { from, to } = self.view;
        match self.part {
            BrushPart::From => View {
                from: at.min(to),
                to,
            },
            BrushPart::To => View {
                from,
                to: at.max(from),
            },
            BrushPart::Window => View {
                from: from + at - self.from,
                to: to + at - self.from,
            },
            BrushPart::Outside if at == self.from => self.view,
            BrushPart::Outside => View {
                from: self.from.min(at),
                to: self.from.max(at),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_move_their_end_and_the_window_moves_both() {
        let drag = |part| Drag {
            part,
            from: 50.0,
            view: View {
                from: 20.0,
                to: 60.0,
            },
        };
        let view = |from: f64, to: f64| View { from, to };
        assert_eq!(drag(BrushPart::From).to(30.0), view(30.0, 60.0));
        assert_eq!(drag(BrushPart::From).to(90.0), view(60.0, 60.0));
        assert_eq!(drag(BrushPart::To).to(90.0), view(20.0, 90.0));
        assert_eq!(drag(BrushPart::Window).to(55.0), view(25.0, 65.0));
        assert_eq!(drag(BrushPart::Outside).to(40.0), view(40.0, 50.0));
        assert_eq!(drag(BrushPart::Outside).to(50.0), view(20.0, 60.0));
    }
}
