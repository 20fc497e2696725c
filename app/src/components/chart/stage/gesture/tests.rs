//! Pointers in, what is meant out.

use super::*;

fn finger(id: i32, x: f64, at_ms: f64) -> Touch {
    Touch {
        id,
        x,
        at_ms,
        is_mouse: false,
        moves: false,
    }
}

fn mouse(x: f64, at_ms: f64, moves: bool) -> Touch {
    Touch {
        is_mouse: true,
        moves,
        ..finger(1, x, at_ms)
    }
}

#[test]
fn a_mouse_points_and_looks_closer_at_what_it_drags_over() {
    let mut gesture = Gesture::default();
    assert_eq!(
        gesture.moved(mouse(5.0, 0.0, false), false),
        [Meant::Point(5.0)]
    );
    assert_eq!(gesture.down(mouse(10.0, 1.0, false)), []);
    assert_eq!(
        gesture.moved(mouse(12.0, 2.0, false), false),
        [Meant::Point(12.0)]
    );
    assert_eq!(
        gesture.moved(mouse(90.0, 3.0, false), false),
        [Meant::Choosing(10.0, 90.0)]
    );
    assert_eq!(
        gesture.up(mouse(60.0, 4.0, false)),
        [Meant::ChooseNothing, Meant::LookAt(10.0, 60.0), Meant::Done]
    );
    // Backwards is the same; back to where it began is nothing; Esc thinks better of it.
    gesture.down(mouse(60.0, 5.0, false));
    gesture.moved(mouse(20.0, 6.0, false), true);
    assert_eq!(
        gesture.up(mouse(20.0, 7.0, false))[1],
        Meant::LookAt(20.0, 60.0)
    );
    gesture.down(mouse(60.0, 8.0, false));
    gesture.moved(mouse(20.0, 9.0, false), true);
    assert_eq!(gesture.up(mouse(59.0, 9.0, false)), [Meant::ChooseNothing]);
    gesture.down(mouse(60.0, 8.0, false));
    gesture.moved(mouse(20.0, 9.0, false), true);
    assert_eq!(gesture.escaped(), [Meant::ChooseNothing]);
    assert_eq!(gesture.up(mouse(20.0, 9.0, false)), []);
}

#[test]
fn what_was_clicked_or_keyed_stays_when_the_mouse_leaves() {
    let mut gesture = Gesture::default();
    gesture.moved(mouse(5.0, 0.0, false), false);
    assert_eq!(gesture.left(), [Meant::Leave]);
    // A click, then another way round over the chart.
    gesture.down(mouse(40.0, 1.0, false));
    assert_eq!(gesture.up(mouse(40.0, 2.0, false)), [Meant::Point(40.0)]);
    gesture.moved(mouse(90.0, 3.0, false), false);
    assert_eq!(gesture.left(), [Meant::Point(40.0)]);
    // A key puts it elsewhere; pointing again takes it along.
    gesture.keyed();
    assert_eq!(gesture.left(), []);
    gesture.moved(mouse(70.0, 4.0, false), false);
    assert_eq!(gesture.left(), [Meant::Leave]);
    // What is shown changes under it, by a drag, by twice quickly, by a wheel.
    for change in [
        |gesture: &mut Gesture| {
            gesture.down(mouse(10.0, 2_000.0, false));
            gesture.moved(mouse(90.0, 2_001.0, false), false);
            gesture.up(mouse(90.0, 2_002.0, false));
        },
        |gesture: &mut Gesture| {
            gesture.down(mouse(40.0, 1_100.0, false));
            gesture.up(mouse(40.0, 1_101.0, false));
        },
        Gesture::let_go,
    ] {
        gesture.down(mouse(40.0, 1_000.0, false));
        gesture.up(mouse(40.0, 1_001.0, false));
        change(&mut gesture);
        assert_eq!(gesture.left(), [Meant::Leave]);
    }
}

#[test]
fn shift_moves_what_is_shown() {
    let mut gesture = Gesture::default();
    gesture.down(mouse(100.0, 0.0, true));
    assert_eq!(
        gesture.moved(mouse(90.0, 1.0, true), true),
        [Meant::Move(-10.0)]
    );
    // Once begun, the key may be let go.
    assert_eq!(
        gesture.moved(mouse(95.0, 2.0, false), true),
        [Meant::Move(5.0)]
    );
    assert_eq!(gesture.up(mouse(95.0, 3.0, false)), [Meant::Done]);
}

#[test]
fn a_finger_scrubs_until_one_looks_closer_then_moves() {
    let mut gesture = Gesture::default();
    gesture.down(finger(7, 50.0, 0.0));
    assert_eq!(gesture.moved(finger(7, 52.0, 10.0), false), []);
    assert_eq!(
        gesture.moved(finger(7, 70.0, 20.0), false),
        [Meant::Point(70.0)]
    );
    assert_eq!(gesture.up(finger(7, 70.0, 30.0)), []);
    gesture.down(finger(8, 50.0, 0.0));
    assert_eq!(
        gesture.moved(finger(8, 70.0, 20.0), true),
        [Meant::Move(20.0)]
    );
    assert_eq!(gesture.up(finger(8, 70.0, 30.0)), [Meant::Done]);
}

#[test]
fn a_finger_that_stays_points_even_so() {
    let mut gesture = Gesture::default();
    gesture.down(finger(7, 50.0, 0.0));
    assert!(gesture.may_stay());
    assert_eq!(gesture.stayed(), [Meant::Point(50.0)]);
    assert_eq!(
        gesture.moved(finger(7, 90.0, 600.0), true),
        [Meant::Point(90.0)]
    );
    assert_eq!(gesture.up(finger(7, 90.0, 700.0)), []);
    assert_eq!(gesture.stayed(), []);
}

#[test]
fn twice_is_everything_but_not_slowly_and_not_elsewhere() {
    let mut gesture = Gesture::default();
    let mut tap = |x, at_ms| {
        gesture.down(finger(1, x, at_ms));
        gesture.up(finger(1, x, at_ms + 20.0))
    };
    assert_eq!(tap(50.0, 0.0), [Meant::Point(50.0)]);
    assert_eq!(tap(55.0, 200.0), [Meant::Everything, Meant::Done]);
    assert_eq!(tap(55.0, 400.0), [Meant::Point(55.0)]);
    assert_eq!(tap(55.0, 900.0), [Meant::Point(55.0)]);
    assert_eq!(tap(95.0, 1_000.0), [Meant::Point(95.0)]);
}

#[test]
fn two_fingers_zoom_about_what_is_between_them() {
    let mut gesture = Gesture::default();
    gesture.down(finger(1, 100.0, 0.0));
    gesture.down(finger(2, 200.0, 5.0));
    assert_eq!(
        gesture.moved(finger(2, 300.0, 10.0), false),
        [
            Meant::Move(50.0),
            Meant::Zoom {
                x: 200.0,
                factor: 2.0
            }
        ]
    );
    // Fingers on one another are no division by zero.
    gesture.moved(finger(2, 100.0, 15.0), false);
    let close = gesture.moved(finger(2, 101.0, 20.0), false);
    assert!(matches!(close[1], Meant::Zoom { factor, .. } if factor == 1.0));
    assert_eq!(gesture.up(finger(1, 100.0, 30.0)), [Meant::Done]);
    assert_eq!(
        gesture.moved(finger(2, 111.0, 35.0), false),
        [Meant::Move(10.0)]
    );
    assert_eq!(gesture.up(finger(2, 111.0, 40.0)), [Meant::Done]);
    assert_eq!(gesture, Gesture::default());
}

#[test]
fn what_the_browser_takes_away_is_over() {
    let mut gesture = Gesture::default();
    gesture.down(finger(1, 100.0, 0.0));
    gesture.moved(finger(1, 150.0, 0.0), true);
    assert_eq!(gesture.cancelled(1), [Meant::Done]);
    assert_eq!(gesture.cancelled(1), []);
    assert_eq!(gesture.up(finger(1, 1.0, 0.0)), []);
    gesture.down(finger(1, 1.0, 0.0));
    gesture.down(finger(2, 2.0, 0.0));
    assert_eq!(gesture.down(finger(3, 3.0, 0.0)), []);
    assert_eq!(gesture.moved(finger(3, 9.0, 0.0), true), []);
}
