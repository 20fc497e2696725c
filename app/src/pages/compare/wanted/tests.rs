use super::*;
use crate::testing::query;

#[test]
fn nothing_asked_shows_the_default() {
    let plain = Wanted::from_query(&query(&[]));
    assert_eq!(plain.metrics, DEFAULT_METRICS);
    assert_eq!(plain.metric, Metric::Spo2Night);
    assert!(plain.problems().is_empty());
    assert_eq!(plain.address(), "/compare?range=trip");
}

#[test]
fn the_list_chooses_and_orders() {
    let wanted = Wanted::from_query(&query(&[
        ("metrics", "steps,hrv_rmssd,steps"),
        ("range", "7d"),
    ]));
    assert_eq!(wanted.metrics, [Metric::Steps, Metric::HrvRmssd]);
    assert_eq!(wanted.metric, Metric::Steps);
    assert_eq!(
        wanted.address(),
        "/compare?range=7d&metrics=steps,hrv_rmssd"
    );
    assert_eq!(
        wanted.moved(Metric::Steps, 1).as_deref(),
        Some("/compare?range=7d&metrics=hrv_rmssd,steps")
    );
    assert_eq!(wanted.moved(Metric::Steps, -1), None);
    assert_eq!(wanted.moved(Metric::HrvRmssd, 1), None);
    let one = wanted.without(Metric::Steps).unwrap();
    assert_eq!(one, "/compare?range=7d&metrics=hrv_rmssd");
}

#[test]
fn what_is_removed_is_not_spelled_out() {
    let two = Wanted::from_query(&query(&[
        ("metrics", "steps,hrv_rmssd"),
        ("metric", "hrv_rmssd"),
    ]));
    assert_eq!(
        two.without(Metric::HrvRmssd).as_deref(),
        Some("/compare?range=trip&metrics=steps")
    );
    assert_eq!(
        two.without(Metric::Steps).as_deref(),
        Some("/compare?range=trip&metrics=hrv_rmssd&metric=hrv_rmssd")
    );
}

#[test]
fn a_twin_alone_is_in_the_address() {
    let both = Wanted::from_query(&query(&[]));
    assert_eq!(both.shown(), [true, true]);
    assert_eq!(both.with_toggled(Twin::A), "/compare?range=trip&twin=b");
    let alone = Wanted::from_query(&query(&[("twin", "b")]));
    assert_eq!(alone.shown(), [false, true]);
    assert_eq!(alone.with_toggled(Twin::A), "/compare?range=trip");
    // The last one stays.
    assert_eq!(alone.with_toggled(Twin::B), "/compare?range=trip&twin=b");
    let nobody = Wanted::from_query(&query(&[("twin", "c")]));
    assert_eq!((nobody.shown(), nobody.problems().len()), ([true, true], 1));
}

#[test]
fn the_last_metric_stays() {
    let one = Wanted::from_query(&query(&[("metrics", "steps")]));
    assert_eq!(one.without(Metric::Steps), None);
}

#[test]
fn the_form_adds_one() {
    let wanted = Wanted::from_query(&query(&[("metrics", "steps"), ("add", "vascular_age")]));
    assert_eq!(wanted.metrics, [Metric::Steps, Metric::VascularAge]);
    assert!(!wanted.addable().contains(&Metric::VascularAge));
}

#[test]
fn nonsense_is_told() {
    let odd = Wanted::from_query(&query(&[("metrics", "mood,steps,<b>"), ("metric", "luck")]));
    assert_eq!(odd.metrics, [Metric::Steps]);
    let problems = odd.problems().join(" ");
    assert!(problems.contains("mood, <b>"), "{problems}");
    assert_eq!(odd.problems().len(), 2);
    assert_eq!(
        Wanted::from_query(&query(&[("metrics", "mood")])).metrics,
        DEFAULT_METRICS
    );
}

#[test]
fn more_than_fit_are_left_out_and_told() {
    let all = listed(Metric::ALL);
    let many = Wanted::from_query(&query(&[("metrics", all.as_str())]));
    assert_eq!(many.metrics.len(), MOST_METRICS);
    assert_eq!(many.metrics, Metric::ALL[..MOST_METRICS]);
    assert!(many.problems()[0].contains("12"));
    assert!(many.addable().is_empty());
}

#[test]
fn the_panel_and_its_metric_stay_in_the_address() {
    let panel = Wanted::from_query(&query(&[("panel", "night"), ("metric", "hrv_rmssd")]));
    assert_eq!(panel.panel, PairView::Night);
    assert_eq!(
        panel.address(),
        "/compare?range=trip&metric=hrv_rmssd&panel=night"
    );
    assert_eq!(
        panel.with_panel(PairView::Level),
        "/compare?range=trip&metric=hrv_rmssd"
    );
}

#[test]
fn mode_and_zoom_read_back_and_another_range_is_whole() {
    let zoom = "2026-10-04T18:15..2026-10-07T06:00";
    let closer = Wanted::from_query(&query(&[("mode", "side"), ("zoom", zoom)]));
    assert_eq!(closer.lines, []);
    assert_eq!(closer.mode, Mode::Side);
    assert!(closer.problems().is_empty());
    let address = format!("/compare?range=trip&mode=side&zoom={zoom}");
    assert_eq!(closer.address(), address);
    assert_eq!(closer.with_zoom(None), "/compare?range=trip&mode=side");
    assert_eq!(
        closer.with_mode(Mode::Overlay),
        format!("/compare?range=trip&zoom={zoom}")
    );
    assert_eq!(
        closer.ranges().with(RangeChoice::Week),
        "/compare?range=7d&mode=side"
    );
    // Of other days nights are looked at as a whole, and samples as they were chosen.
    let days = DayRange::new("2026-10-04".parse().unwrap(), "2026-10-07".parse().unwrap());
    let chosen = closer.zoom.unwrap();
    assert_eq!(
        closer.with_days(days, chosen),
        "/compare?range=2026-10-04..2026-10-07&mode=side"
    );
    let lines = Wanted::from_query(&query(&[("lines", "met")]));
    assert_eq!(
        lines.with_days(days, chosen),
        format!("/compare?range=2026-10-04..2026-10-07&lines=met&zoom={zoom}")
    );
    let odd = Wanted::from_query(&query(&[("mode", "upside"), ("zoom", "near")]));
    assert_eq!((odd.mode, odd.zoom), (Mode::Overlay, None));
    assert_eq!(odd.problems().len(), 2);
}

#[test]
fn lines_are_shown_in_their_order_and_once() {
    let asked = [("lines", "met,heart_rate,heart_rate,sleep_stage")];
    let wanted = Wanted::from_query(&query(&asked));
    assert_eq!(wanted.lines, [SeriesKind::HeartRate, SeriesKind::Met]);
    assert_eq!(wanted.problems().len(), 1);
    assert_eq!(
        wanted.with_line(SeriesKind::Met, false),
        "/compare?range=trip&lines=heart_rate"
    );
    assert_eq!(
        wanted.with_line(SeriesKind::Steps, true),
        "/compare?range=trip&lines=heart_rate,met,steps"
    );
}
