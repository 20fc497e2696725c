//! What was sampled all night, and its stages.

use physiology::{SeriesKind, SeriesPoint, Timestamp};

use super::Sleep;

/// A series of a sleep.
pub(super) type Part = (SeriesKind, Vec<SeriesPoint>);

/// The series a sleep has.
///
/// # Errors
/// Where samples do not say how far apart they are.
pub(super) fn parts(sleep: &Sleep) -> Result<Vec<Part>, crate::Malformed> {
    let mut parts = Vec::new();
    let samples = [
        ("heart_rate", SeriesKind::SleepHeartRate, &sleep.heart_rate),
        ("hrv", SeriesKind::SleepHrv, &sleep.hrv),
    ];
    for (field, kind, sample) in samples {
        if let Some(sample) = sample {
            parts.push((kind, sample.points(field, |value| value > 0.0)?));
        }
    }
    // The finer digits where there are any: they are what the durations of the stages count.
    let fine = sleep.sleep_phase_30_sec.as_ref().map(|digits| (30, digits));
    let coarse = sleep.sleep_phase_5_min.as_ref().map(|digits| (300, digits));
    let mut told = [fine, coarse].into_iter().flatten();
    if let Some((step_s, digits)) = told.find(|(_, digits)| !digits.is_empty()) {
        let points = stages(sleep.bedtime_start.at, step_s, digits);
        parts.push((SeriesKind::SleepStage, points));
    }
    Ok(parts)
}

/// Oura's digits, one every `step_s`, as stages: 0 awake, 1 REM, 2 light, 3 deep; nothing for other
/// letters.
fn stages(start: Timestamp, step_s: i64, phases: &str) -> Vec<SeriesPoint> {
    let stage = |digit| match digit {
        b'1' => Some(3.0),
        b'2' => Some(2.0),
        b'3' => Some(1.0),
        b'4' => Some(0.0),
        _ => None,
    };
    let digits = phases.bytes().enumerate();
    digits
        .filter_map(|(index, digit)| {
            let at = start.plus_seconds((index as i64).saturating_mul(step_s));
            Some(SeriesPoint {
                at,
                value: stage(digit)?,
            })
        })
        .collect()
}
