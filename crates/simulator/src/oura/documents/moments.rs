use physiology::Day;
use serde::Serialize;

use super::{Document, Page, Sample, json};
use crate::time::{local_seconds, utc_millis};
use crate::traps;
use crate::twins::moments::{MOMENT_SAMPLE_S, Tag};
use crate::versions::Versions;

#[derive(Serialize)]
struct Session<'a> {
    id: &'a str,
    day: SessionDay,
    end_datetime: String,
    heart_rate: Sample<'a>,
    heart_rate_variability: Sample<'a>,
    mood: Option<&'static str>,
    motion_count: Sample<'a>,
    start_datetime: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// A session's day; the malformed one has a number here.
#[derive(Serialize)]
#[serde(untagged)]
enum SessionDay {
    Day(Day),
    Malformed(i64),
}

#[derive(Serialize)]
struct EnhancedTag<'a> {
    id: &'a str,
    tag_type_code: Option<&'static str>,
    start_time: String,
    end_time: Option<String>,
    start_day: Day,
    end_day: Option<Day>,
    comment: Option<&'static str>,
    custom_name: Option<&'static str>,
}

#[derive(Serialize)]
struct OldTag<'a> {
    id: &'a str,
    day: Day,
    text: Option<&'static str>,
    timestamp: String,
    tags: Vec<&'static str>,
}

#[derive(Serialize)]
struct RestMode {
    id: String,
    end_day: Option<Day>,
    end_time: Option<String>,
    episodes: [Episode; 1],
    start_day: Day,
    start_time: Option<String>,
}

#[derive(Serialize)]
struct Episode {
    tags: [&'static str; 1],
    timestamp: String,
}

#[derive(Serialize)]
struct RingConfiguration {
    id: String,
    color: &'static str,
    design: Option<&'static str>,
    firmware_version: &'static str,
    hardware_type: &'static str,
    set_up_at: String,
    size: i64,
}

/// B rested at home on this day and the next.
const REST_MODE: (usize, i64) = (1, -13);

impl Page<'_> {
    pub(super) fn session(&self) -> Vec<Document> {
        let Some(moment) = self.world.moment(self.who, self.index) else {
            return Vec::new();
        };
        let id = self.id(0);
        let sample = |items| Sample::new(MOMENT_SAMPLE_S, items, moment.start, moment.offset_s);
        let malformed = self.who.meets(traps::MALFORMED_SESSION, self.index);
        let end = moment.start.plus_seconds(moment.length_s);
        let text = json(&Session {
            id: &id,
            day: if malformed {
                SessionDay::Malformed(self.day.days_since_epoch())
            } else {
                SessionDay::Day(self.day)
            },
            end_datetime: local_seconds(end, moment.offset_s),
            heart_rate: sample(&moment.heart_rate),
            heart_rate_variability: sample(&moment.hrv),
            mood: moment.mood,
            motion_count: sample(&moment.motion),
            start_datetime: local_seconds(moment.start, moment.offset_s),
            kind: moment.kind,
        });
        let versions = Versions::one(self.world.next_sync(self.who, end), text);
        vec![Document {
            id,
            day: self.day,
            start: moment.start,
            versions,
        }]
    }

    fn tags(&self, write: impl Fn(&Tag, &str) -> String) -> Vec<Document> {
        let tags = self
            .world
            .tags(self.who, self.index)
            .into_iter()
            .enumerate();
        tags.map(|(number, tag)| {
            let id = self.id(number);
            let versions = Versions::one(self.world.next_sync(self.who, tag.at), write(&tag, &id));
            Document {
                id,
                day: self.day,
                start: tag.at,
                versions,
            }
        })
        .collect()
    }

    pub(super) fn enhanced_tag(&self) -> Vec<Document> {
        self.tags(|tag, id| {
            json(&EnhancedTag {
                id,
                tag_type_code: tag.code,
                start_time: local_seconds(tag.at, tag.offset_s),
                end_time: None,
                start_day: self.day,
                end_day: None,
                comment: tag.comment,
                custom_name: tag.name,
            })
        })
    }

    pub(super) fn tag(&self) -> Vec<Document> {
        self.tags(|tag, id| {
            json(&OldTag {
                id,
                day: self.day,
                text: tag.comment.or(tag.name),
                timestamp: local_seconds(tag.at, tag.offset_s),
                tags: tag.code.into_iter().collect(),
            })
        })
    }

    pub(super) fn rest_mode_period(&self) -> Vec<Document> {
        let rests = self.who.meets(REST_MODE, self.index) && self.world.recorded(self.index);
        let at = self.world.local(self.who, self.index, 9.0);
        let offset_s = self.who.offset_s(at);
        let end = at.plus_seconds(86_400);
        self.one(rests.then(|| Versions::one(at, ())), |(), id| RestMode {
            id,
            end_day: Some(self.day.plus(1)),
            end_time: Some(local_seconds(end, offset_s)),
            episodes: [Episode {
                tags: ["tag_generic_cold"],
                timestamp: local_seconds(at, offset_s),
            }],
            start_day: self.day,
            start_time: Some(local_seconds(at, offset_s)),
        })
    }

    pub(super) fn ring_configuration(&self) -> Vec<Document> {
        let first = self.index == self.world.calendar.first_index;
        let at = self.midnight();
        self.one(first.then(|| Versions::one(at, ())), |(), id| {
            RingConfiguration {
                id,
                color: if self.who.index == 0 {
                    "stealth_black"
                } else {
                    "titanium"
                },
                design: None,
                firmware_version: "2.9.41",
                hardware_type: "gen4",
                set_up_at: utc_millis(at.plus_seconds(-90 * 86_400)),
                size: 10,
            }
        })
    }
}
