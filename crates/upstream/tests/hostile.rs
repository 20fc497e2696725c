//! Whatever a document holds, deriving it neither panics nor says a value it should not.

mod documents;

use proptest::prelude::*;
use upstream::{Collection, derive};

fn check(collection: Collection, body: &str) {
    let documents = [("one".to_owned(), body), ("two".to_owned(), body)];
    for day in [None, "2026-10-13".parse().ok()] {
        let derived = derive(collection, day, &documents);
        assert!(derived.malformed.len() <= 2);
        for (_, reason) in &derived.malformed {
            assert!(!reason.contains("48213"), "{reason}");
        }
        for reading in &derived.readings {
            assert!(reading.measurement.value.is_finite());
            assert!(day.is_none_or(|day| reading.day == day));
        }
        for series in &derived.series {
            assert!(!series.points.is_empty());
            assert!(series.points.is_sorted_by(|a, b| a.at < b.at));
            assert!(series.points.iter().all(|point| point.value.is_finite()));
        }
    }
}

#[test]
fn the_samples_mean_something() {
    for (collection, body) in documents::ALL {
        let derived = derive(collection, None, &[("key".into(), body)]);
        assert_eq!(derived.malformed, [], "{collection:?}");
    }
}

/// What a value in a document may be replaced with.
fn replacement() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "null",
        "0",
        "-1",
        "48213",
        "1e308",
        "-1e308",
        "1e-308",
        "9223372036854775807",
        "\"\"",
        "\"48213\"",
        "\"2026-10-13\"",
        "\"262142-12-31T23:59:59Z\"",
        "\"-262143-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59+23:59\"",
        "[]",
        "{}",
        "[null,48213]",
        "{\"23:59\":48213}",
        "true",
        "\"0,null,48213,1e308\"",
        "\"P48213DT1S\"",
        "\"\\u0000\"",
    ])
}

/// Where values begin and end: after a colon or within an array, up to the next separator.
fn values(body: &str) -> Vec<(usize, usize)> {
    let bytes = body.as_bytes();
    let mut found = Vec::new();
    for (start, _) in body.match_indices([':', ',', '[']) {
        let start = start + 1;
        let rest = &bytes[start..];
        if let Some(length) = rest.iter().position(|byte| b",]}".contains(byte)) {
            found.push((start, start + length));
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn replaced_values_do_no_harm(
        which in 0..documents::ALL.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), replacement()), 1..4),
    ) {
        let (collection, body) = documents::ALL[which];
        let mut body = body.to_owned();
        for (at, text) in changes {
            let values = values(&body);
            if values.is_empty() { break }
            let (start, end) = *at.get(&values);
            body.replace_range(start..end, text);
        }
        check(collection, &body);
    }

    #[test]
    fn lost_and_doubled_bytes_do_no_harm(
        which in 0..documents::ALL.len(),
        cut in any::<prop::sample::Index>(),
        length in 0_usize..40,
        twice in any::<bool>(),
    ) {
        let (collection, body) = documents::ALL[which];
        let start = cut.index(body.len());
        let end = (start + length).min(body.len());
        let mut bytes = body.as_bytes().to_vec();
        if twice {
            let piece = bytes[start..end].to_vec();
            bytes.splice(start..start, piece);
        } else {
            bytes.drain(start..end);
        }
        check(collection, &String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_text_does_no_harm(which in 0..documents::ALL.len(), text in "\\PC{0,60}") {
        check(documents::ALL[which].0, &text);
    }
}
