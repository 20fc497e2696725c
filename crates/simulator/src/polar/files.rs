//! Exercises as files: the smallest that are valid.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use physiology::Timestamp;
use std::fmt::Write;

use super::access::Access;
use super::errors;
use super::exercises::find;
use crate::state::{Shared, Simulator};
use crate::time::utc_millis;
use crate::twins::workout::{WORKOUT_SAMPLE_S, Workout};

/// Finds the exercise and writes it.
fn file(
    simulator: &Simulator,
    headers: &HeaderMap,
    id: &str,
    media: &'static str,
    write: impl Fn(&Workout, &[Option<i64>]) -> Vec<u8>,
) -> Response {
    let access = match Access::new(simulator, headers) {
        Ok(access) => access,
        Err(response) => return *response,
    };
    let Some(workout) = find(&access, id) else {
        return errors::not_found(simulator);
    };
    let rates = access.world().workout_heart_rate(access.who, &workout);
    ([(header::CONTENT_TYPE, media)], write(&workout, &rates)).into_response()
}

/// Instant and heart rate, once a minute, where there is one.
fn points<'a>(
    workout: &'a Workout,
    rates: &'a [Option<i64>],
) -> impl Iterator<Item = (Timestamp, i64)> + 'a {
    let every = (60 / WORKOUT_SAMPLE_S) as usize;
    rates
        .iter()
        .enumerate()
        .step_by(every)
        .filter_map(|(nth, bpm)| {
            Some((
                workout.start.plus_seconds(nth as i64 * WORKOUT_SAMPLE_S),
                (*bpm)?,
            ))
        })
}

/// `GET /polar/v3/exercises/{id}/tcx`.
pub(crate) async fn tcx(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    file(
        &simulator,
        &headers,
        &id,
        "application/vnd.garmin.tcx+xml",
        |workout, rates| {
            let start = utc_millis(workout.start);
            let mut text = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase xmlns=\
             \"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\"><Activities>\
             <Activity Sport=\"Other\"><Id>{start}</Id><Lap StartTime=\"{start}\">\
             <TotalTimeSeconds>{}</TotalTimeSeconds><DistanceMeters>{:.1}</DistanceMeters>\
             <Calories>{}</Calories><Intensity>Active</Intensity><TriggerMethod>Manual\
             </TriggerMethod><Track>",
                workout.length_s,
                workout.distance_m.unwrap_or(0.0),
                workout.calories,
            );
            for (at, bpm) in points(workout, rates) {
                let _ = write!(
                    text,
                    "<Trackpoint><Time>{}</Time><HeartRateBpm><Value>{bpm}</Value></HeartRateBpm>\
                 </Trackpoint>",
                    utc_millis(at)
                );
            }
            text.push_str("</Track></Lap></Activity></Activities></TrainingCenterDatabase>");
            text.into_bytes()
        },
    )
}

/// `GET /polar/v3/exercises/{id}/gpx`.
pub(crate) async fn gpx(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    file(
        &simulator,
        &headers,
        &id,
        "application/gpx+xml",
        |workout, rates| {
            let mut text = String::from(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\
             \"simulator\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>",
            );
            for (nth, (at, _)) in points(workout, rates).enumerate() {
                let latitude = 27.8 + nth as f64 * 0.0003;
                let time = utc_millis(at);
                let _ = write!(
                    text,
                    "<trkpt lat=\"{latitude:.6}\" lon=\"86.710000\"><time>{time}</time></trkpt>"
                );
            }
            text.push_str("</trkseg></trk></gpx>");
            text.into_bytes()
        },
    )
}

/// `GET /polar/v3/exercises/{id}/fit`: a header, one `file_id` message and the checksums.
pub(crate) async fn fit(
    State(simulator): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    file(
        &simulator,
        &headers,
        &id,
        "application/octet-stream",
        |workout, _| fit_file(workout.start),
    )
}

/// Seconds from the Unix epoch to FIT's, 1989-12-31.
const FIT_EPOCH_S: i64 = 631_065_600;

fn fit_file(created: Timestamp) -> Vec<u8> {
    // Definition of local message 0 as global message 0 (file_id): type (enum), time_created.
    let mut records = vec![0x40, 0, 0, 0, 0, 2, 0, 1, 0x00, 4, 4, 0x86];
    // Data: an activity, created then.
    records.extend([0x00, 4]);
    let created_s = u32::try_from(created.unix_s() - FIT_EPOCH_S).unwrap_or(0);
    records.extend(created_s.to_le_bytes());
    let mut file = vec![14, 0x20, 0x6C, 0x08];
    file.extend((records.len() as u32).to_le_bytes());
    file.extend(*b".FIT");
    file.extend(crc(&file).to_le_bytes());
    file.extend(records);
    file.extend(crc(&file).to_le_bytes());
    file
}

/// CRC-16 as FIT uses it (polynomial 0x8005, reflected).
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                (sum >> 1) ^ 0xA001
            } else {
                sum >> 1
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_fit() {
        // The published check value of CRC-16/ARC.
        assert_eq!(crc(b"123456789"), 0xBB3D);
        let file = fit_file(Timestamp::from_unix_s(1_700_000_000));
        assert_eq!(&file[8..12], b".FIT");
        assert_eq!(crc(&file), 0, "a file with its checksum sums to zero");
    }
}
