//! What is told of records made by hand.

use physiology::{Metric, Missing, Twin, Vendor};
use store::ConnectionState;
use views::status::{Change, Meaning, Rule, Silence, Status, Trouble};

use super::made::{Made, nights, today};

/// Each clause as its metric and the names of its rules.
fn outline(status: &Status) -> Vec<(Metric, Vec<&'static str>)> {
    let name = |rule: &Rule| match rule {
        Rule::Limit { .. } => "limit",
        Rule::Week { .. } => "week",
        Rule::HrvBand { .. } => "band",
        Rule::Trend { .. } => "trend",
        Rule::LoadRatio { .. } => "load",
        Rule::Baseline { .. } => "baseline",
        Rule::Fences { .. } => "fences",
    };
    status
        .clauses
        .iter()
        .map(|clause| (clause.metric, clause.rules.iter().map(name).collect()))
        .collect()
}

/// Days before day 1 by `nights`, and the journey's own.
fn on_day(number: usize) -> Made {
    Made::on_day(number as i64, 5_000.0)
}

#[test]
fn each_rule_is_met_by_what_it_is_about() {
    use Metric::{HrvRmssd, LoadRatio, RespiratoryRate, RestingHeartRate, SleepScore, Spo2Night};
    let cases: [(&str, Metric, Vec<f64>, &[&str]); 8] = [
        // 14 nights at 52 ± 1, then one night 6 over them.
        (
            "one high night",
            RestingHeartRate,
            nights(52.0, 1.0, &[58.0]),
            &["week", "baseline", "fences"],
        ),
        // The week before has 52.3 ± 0.8 and reaches to 53.8; 7 days are 1 % over 30, no trend.
        (
            "a slow rise",
            RestingHeartRate,
            nights(52.0, 1.0, &[52.0, 53.0, 53.0, 53.7]),
            &["baseline"],
        ),
        // The week before rose with it: nothing is over its mean + 2 SD.
        (
            "a steady climb",
            RestingHeartRate,
            nights(52.0, 1.0, &[55.0, 58.0, 61.0, 64.0, 67.0, 70.0, 72.0]),
            &["trend", "baseline", "fences"],
        ),
        (
            "a week of low HRV",
            HrvRmssd,
            nights(64.0, 4.0, &[50.0, 48.0, 47.0, 45.0, 44.0, 42.0]),
            &["band", "trend", "baseline"],
        ),
        (
            "one short night",
            SleepScore,
            nights(84.0, 2.0, &[60.0]),
            &["baseline", "fences"],
        ),
        (
            "fast breath",
            RespiratoryRate,
            nights(14.0, 0.4, &[18.0]),
            &["baseline", "fences"],
        ),
        // At 5,000 m a night at 80 % is within what is expected, and under 90 % all the same.
        (
            "a high camp",
            Spo2Night,
            nights(97.0, 0.4, &[80.0]),
            &["limit", "baseline", "fences"],
        ),
        ("a heavy week", LoadRatio, vec![1.1, 1.6], &["load"]),
    ];
    for (what, metric, values, rules) in cases {
        let journey = values.len().saturating_sub(14).max(1);
        let made = on_day(journey)
            .with(Twin::A, Metric::TotalSleep, &[25_000.0])
            .with(Twin::A, metric, &values);
        // Something of the overview's metrics has to be there for a line at all.
        let made = if metric == LoadRatio {
            made.with(Twin::A, SleepScore, &[84.0])
        } else {
            made
        };
        let status = made.status(Twin::A);
        assert_eq!(outline(&status), [(metric, rules.to_vec())], "{what}");
    }
}

#[test]
fn usual_nights_are_calm() {
    let made = on_day(3)
        .with(
            Twin::A,
            Metric::RestingHeartRate,
            &nights(52.0, 1.0, &[52.0, 53.0, 52.0]),
        )
        .with(
            Twin::A,
            Metric::HrvRmssd,
            &nights(64.0, 4.0, &[65.0, 62.0, 64.0]),
        );
    let status = made.status(Twin::A);
    assert_eq!(
        (status.clauses, status.meaning, status.score, status.silent),
        (vec![], None, 0, None)
    );
}

#[test]
fn an_alarm_comes_first_then_what_is_furthest_from_its_baseline_and_three_at_most() {
    let status = on_day(1)
        .with(Twin::B, Metric::Spo2Night, &nights(97.0, 0.4, &[73.0]))
        .with(
            Twin::B,
            Metric::RestingHeartRate,
            &nights(54.0, 1.0, &[60.0]),
        )
        .with(
            Twin::B,
            Metric::RespiratoryRate,
            &nights(14.0, 0.2, &[19.0]),
        )
        .with(Twin::B, Metric::SleepScore, &nights(84.0, 2.0, &[70.0]))
        .status(Twin::B);
    let metrics: Vec<Metric> = status.clauses.iter().map(|clause| clause.metric).collect();
    assert_eq!(
        metrics,
        [
            Metric::Spo2Night,
            Metric::RespiratoryRate,
            Metric::SleepScore
        ]
    );
    let spo2 = &status.clauses[0];
    assert_eq!((spo2.value, spo2.day), (73.0, today()));
    assert!((spo2.baseline.unwrap() - 97.0).abs() < 0.1);
    assert!(matches!(spo2.rules[0], Rule::Limit { limit, .. } if limit == 75.0));
    assert_eq!(status.meaning, Some(Meaning::LowOxygen));
}

#[test]
fn the_points_of_the_insight_rules_add_up() {
    let status = on_day(7)
        .with(
            Twin::A,
            Metric::HrvRmssd,
            &nights(64.0, 4.0, &[50.0, 48.0, 47.0, 45.0, 44.0, 42.0, 41.0]),
        )
        .with(
            Twin::A,
            Metric::RestingHeartRate,
            &nights(52.0, 1.0, &[55.0, 58.0, 61.0, 64.0, 67.0, 70.0, 72.0]),
        )
        .status(Twin::A);
    assert_eq!(status.score, 50);
    assert_eq!(status.meaning, Some(Meaning::Strain));
    let trend = status.clauses.iter().flat_map(|clause| &clause.rules);
    let trends: Vec<(f64, u32)> = trend
        .filter_map(|rule| match rule {
            Rule::Trend { change, points, .. } => Some((*change, *points)),
            _ => None,
        })
        .collect();
    // By hand: HRV 45.29 over 57.62, resting heart rate 63.86 over 55.91; in the clauses' order.
    let close = |expected: f64| {
        trends
            .iter()
            .any(|(change, points)| (change - expected).abs() < 5e-3 && *points == 25)
    };
    assert!(close(-0.214) && close(0.142), "{trends:?}");
}

#[test]
fn the_twin_whom_altitude_takes_harder_is_named() {
    let both = |a: [f64; 3], b: [f64; 3], altitude_m| {
        let [spo2, heart, hrv] = [
            Metric::Spo2Night,
            Metric::RestingHeartRate,
            Metric::HrvRmssd,
        ];
        // The twins' nights at home differ a little from night to night.
        let home = |mean, spread, offset: usize, newest| {
            let mut values = nights(mean, spread, &[newest]);
            values[..14].rotate_left(offset);
            values
        };
        let mut made = Made::on_day(1, altitude_m);
        for (twin, newest, offset) in [(Twin::A, a, 0), (Twin::B, b, 1)] {
            made = made
                .with(twin, spo2, &home(97.0, 0.4, offset, newest[0]))
                .with(twin, heart, &home(52.0, 1.0, offset, newest[1]))
                .with(twin, hrv, &home(64.0, 4.0, offset, newest[2]));
        }
        let changed = made.changed();
        [&changed.twins[0], &changed.twins[1]].map(|status| status.meaning)
    };
    let slower = |of_three| Some(Meaning::SlowerThanOther { of_three });
    let high = both([80.0, 60.0, 50.0], [74.0, 70.0, 30.0], 5_000.0);
    assert_eq!(high[1], slower(3));
    assert_ne!(high[0], slower(3));
    // The other way round it is A.
    assert_eq!(
        both([74.0, 70.0, 50.0], [80.0, 60.0, 50.0], 5_000.0)[0],
        slower(2)
    );
    // One metric alone does not say so, nor does a night slept low.
    let one = both([80.0, 60.0, 50.0], [74.0, 60.0, 50.0], 5_000.0);
    let low = both([80.0, 60.0, 50.0], [74.0, 70.0, 30.0], 1_000.0);
    for meaning in one.into_iter().chain(low) {
        assert!(
            !matches!(meaning, Some(Meaning::SlowerThanOther { .. })),
            "{meaning:?}"
        );
    }
}

#[test]
fn old_values_tell_nothing_but_their_age_and_an_alarm_stands() {
    let last = today().plus(-3);
    let status = Made::on_day(4, 5_000.0)
        .until(
            last,
            Twin::A,
            Metric::Spo2Night,
            &nights(97.0, 0.4, &[73.0]),
        )
        .until(
            last,
            Twin::A,
            Metric::RestingHeartRate,
            &nights(52.0, 1.0, &[70.0]),
        )
        .status(Twin::A);
    assert_eq!(outline(&status), [(Metric::Spo2Night, vec!["limit"])]);
    assert_eq!(status.clauses[0].day, last);
    assert_eq!(
        status.silent,
        Some(Silence {
            since: Some(last),
            why: Missing::NotSynced
        })
    );
}

#[test]
fn twins_who_part_are_told_with_the_day_it_began() {
    let home = |offset: usize| {
        let mut values = nights(97.0, 0.4, &[97.0, 96.0, 95.0, 94.0, 93.0]);
        values[..14].rotate_left(offset);
        values
    };
    let b: Vec<f64> = home(1)
        .iter()
        .zip(0..)
        .map(|(value, index)| if index >= 16 { value - 4.0 } else { *value })
        .collect();
    let changed = on_day(5)
        .with(Twin::A, Metric::Spo2Night, &home(0))
        .with(Twin::B, Metric::Spo2Night, &b)
        .changed();
    let [parting] = &changed.partings[..] else {
        panic!("{:?}", changed.partings);
    };
    assert!(parting.metric == Metric::Spo2Night && parting.a_is_higher && parting.ewma_sds > 1.0);
    // B's fall began two days ago, and is far over what home explains from its first night on.
    assert_eq!(parting.since, today().plus(-2));
}

#[test]
fn nobody_who_never_sent_anything_is_explained() {
    let changed = on_day(1).changed();
    assert_eq!(
        (changed.twins, changed.partings, changed.changes),
        (vec![], vec![], vec![])
    );
}

#[test]
fn a_vendor_that_sends_no_more_is_told_once() {
    let whole = || {
        let night = [97.0];
        on_day(1)
            .with(Twin::A, Metric::Spo2Night, &night)
            .with(Twin::B, Metric::Spo2Night, &night)
    };
    let trouble = |twins, vendor, trouble, at: Option<i64>| Change::Trouble {
        twins,
        vendor,
        trouble,
        since: at.map(physiology::Timestamp),
    };
    let received = today().start_utc().plus_seconds(7 * 3_600).0;

    assert_eq!(whole().changed().changes, []);

    let failed =
        whole()
            .synced(Twin::A, Vendor::Oura, 17, 17)
            .synced(Twin::B, Vendor::Oura, 17, 17);
    let all = Trouble::Failed { failed: 17, of: 17 };
    assert_eq!(
        failed.changed().changes,
        [trouble([true, true], Vendor::Oura, all, Some(1_000))]
    );

    let one = whole().synced(Twin::B, Vendor::Oura, 1, 17);
    let one_of = Trouble::Failed { failed: 1, of: 17 };
    assert_eq!(
        one.changed().changes,
        [trouble([false, true], Vendor::Oura, one_of, Some(1_000))]
    );

    let mut ended = whole();
    ended.connections[0].state = ConnectionState::Reconnect {
        reason: "invalid_grant".into(),
    };
    assert_eq!(
        ended.changed().changes,
        [trouble(
            [true, false],
            Vendor::Oura,
            Trouble::SignInEnded,
            None
        )]
    );

    let mut gone = whole();
    gone.connections.pop();
    assert_eq!(
        gone.changed().changes,
        [trouble(
            [false, true],
            Vendor::Oura,
            Trouble::Disconnected,
            Some(received)
        )]
    );
}
