//! The browser's pointers and wheel, handed on to what is meant by them.

use core::time::Duration;

use leptos::ev::{PointerEvent, WheelEvent};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use super::gesture::{Gesture, Meant, Touch};
use super::{Scene, live, px};

/// A finger that stays so long points.
const STAY: Duration = Duration::from_millis(450);
/// A wheel that was not turned for so long has stopped.
const STOPPED: Duration = Duration::from_millis(250);
/// A line of a wheel that counts lines, and a page of one that counts pages, px.
const LINE_PX: f64 = 16.0;
/// See [`LINE_PX`].
const PAGE_PX: f64 = 400.0;

/// The pointers on a stage.
#[derive(Clone, Copy)]
pub(super) struct Touching {
    scene: Scene,
    gesture: StoredValue<Gesture>,
    stay: StoredValue<Option<TimeoutHandle>>,
    stopped: StoredValue<Option<TimeoutHandle>>,
    /// The stretch that is being chosen, px.
    choosing: RwSignal<Option<(f64, f64)>>,
}

impl Touching {
    pub(super) fn new(scene: Scene) -> Self {
        Self {
            scene,
            gesture: StoredValue::new(Gesture::default()),
            stay: StoredValue::new(None),
            stopped: StoredValue::new(None),
            choosing: RwSignal::new(None),
        }
    }

    pub(super) fn down(self, event: &PointerEvent) {
        // Other buttons have other meanings: a menu, the next page.
        if self.scene.screen.with_untracked(Option::is_none) || event.button() > 1 {
            return;
        }
        // What is dragged beyond the stage is still dragged.
        live::capture(event);
        let is_touch = !is_mouse(event);
        self.mean(|gesture| gesture.down(touch(event)));
        self.forget_stay();
        if is_touch && self.gesture.with_value(Gesture::may_stay) {
            let handle = set_timeout_with_handle(move || self.mean(Gesture::stayed), STAY);
            self.stay.set_value(handle.ok());
        }
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        let is_closer = self.scene.nav.is_some_and(super::Nav::is_closer_now);
        self.mean(|gesture| gesture.moved(touch(event), is_closer));
        if !self.gesture.with_value(Gesture::may_stay) {
            self.forget_stay();
        }
    }

    pub(super) fn up(self, event: &PointerEvent) {
        self.forget_stay();
        let was_still = self.gesture.with_value(Gesture::may_stay);
        self.mean(|gesture| gesture.up(touch(event)));
        if let Some(tap) = self.scene.follow.tap.filter(|_| was_still) {
            tap.run((f64::from(event.offset_x()), f64::from(event.offset_y())));
        }
    }

    pub(super) fn cancelled(self, event: &PointerEvent) {
        self.forget_stay();
        self.mean(|gesture| gesture.cancelled(event.pointer_id()));
    }

    /// A finger that lifts leaves the crosshair where it was put.
    pub(super) fn left(self, event: &PointerEvent) {
        if is_mouse(event) {
            self.mean(Gesture::left);
        }
    }

    /// A key moves the crosshair, or what is shown under it.
    pub(super) fn keyed(self) {
        self.gesture.update_value(Gesture::keyed);
    }

    /// Nothing is held at its place any more.
    fn let_go(self) {
        self.gesture.update_value(Gesture::let_go);
    }

    /// Zooms where that is meant: with Ctrl (as a pinch on a touchpad says it), or once the chart
    /// was clicked into. Sideways moves what is shown. Anything else scrolls the page.
    pub(super) fn wheel(self, event: &WheelEvent) {
        let Some(nav) = self
            .scene
            .nav
            .filter(|_| self.scene.screen.with_untracked(Option::is_some))
        else {
            return;
        };
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => LINE_PX,
            WheelEvent::DOM_DELTA_PAGE => PAGE_PX,
            _ => 1.0,
        };
        let (right, down) = (event.delta_x() * unit, event.delta_y() * unit);
        let sideways = if event.shift_key() {
            right + down
        } else {
            right
        };
        if event.ctrl_key() || event.meta_key() {
            // A pinch comes as small turns.
            let gain = if event.ctrl_key() && down.abs() < 40.0 {
                4.0
            } else {
                1.0
            };
            nav.wheel(f64::from(event.offset_x()), down * gain);
        } else if sideways.abs() > down.abs() || event.shift_key() {
            if !nav.is_closer_now() {
                return;
            }
            nav.move_by(-sideways);
        } else if live::has_focus(event) {
            nav.wheel(f64::from(event.offset_x()), down);
        } else {
            return;
        }
        event.prevent_default();
        self.let_go();
        self.settle_soon();
    }

    /// Back to everything.
    pub(super) fn everything(self) {
        self.let_go();
        self.follow(Meant::Everything);
        self.follow(Meant::Done);
    }

    /// Esc: whether something was being chosen, and is no more.
    pub(super) fn escaped(self) -> bool {
        self.let_go();
        let was_choosing = self.choosing.with_untracked(Option::is_some);
        self.mean(Gesture::escaped);
        was_choosing
    }

    /// The stretch that is being chosen, over everything.
    pub(super) fn chosen(self) -> AnyView {
        let choosing = self.choosing;
        let edges = move || choosing.get().unwrap_or_default();
        view! {
            <svg
                class="stage-chosen"
                aria-hidden="true"
                class:is-choosing=move || choosing.get().is_some()
            >
                <rect
                    x=move || px(edges().0.min(edges().1))
                    width=move || px((edges().1 - edges().0).abs())
                    height="100%"
                ></rect>
            </svg>
        }
        .into_any()
    }

    fn mean(self, read: impl FnOnce(&mut Gesture) -> Vec<Meant>) {
        let meant = self.gesture.try_update_value(read).unwrap_or_default();
        for meant in meant {
            self.follow(meant);
        }
    }

    fn follow(self, meant: Meant) {
        let Scene { follow, nav, .. } = self.scene;
        match (meant, nav) {
            (Meant::Point(x), _) => follow.point.run(x),
            (Meant::Leave, _) => follow.leave.run(()),
            (Meant::Choosing(from, to), Some(_)) => self.choosing.set(Some((from, to))),
            (Meant::ChooseNothing, _) => {
                if self.choosing.with_untracked(Option::is_some) {
                    self.choosing.set(None);
                }
            }
            (Meant::LookAt(from, to), Some(nav)) => nav.look_at(from, to),
            (Meant::Move(by), Some(nav)) => nav.move_by(by),
            (Meant::Zoom { x, factor }, Some(nav)) => nav.zoom(x, factor),
            (Meant::Everything, Some(nav)) => nav.everything(),
            (Meant::Done, Some(nav)) => nav.settle(),
            // Where there is nothing to look closer at, dragging points.
            (Meant::Choosing(_, to), None) => follow.point.run(to),
            (_, None) => {}
        }
    }

    fn forget_stay(self) {
        if let Some(handle) = self.stay.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }

    fn settle_soon(self) {
        if let Some(handle) = self.stopped.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let handle = set_timeout_with_handle(move || self.follow(Meant::Done), STOPPED);
        self.stopped.set_value(handle.ok());
    }
}

fn is_mouse(event: &PointerEvent) -> bool {
    event.pointer_type() == "mouse"
}

fn touch(event: &PointerEvent) -> Touch {
    Touch {
        id: event.pointer_id(),
        x: f64::from(event.offset_x()),
        at_ms: event.time_stamp(),
        is_mouse: is_mouse(event),
        moves: event.shift_key() || event.buttons() & 4 != 0,
    }
}
