use serde::Deserialize;

use crate::time::LocalTime;

/// A ring.
#[derive(Clone, PartialEq, Deserialize)]
pub struct RingConfiguration {
    /// `gen3`, `gen4` …
    pub hardware_type: Option<String>,
    /// When it was set up.
    pub set_up_at: Option<LocalTime>,
}

impl RingConfiguration {
    /// From a document; none where it is no ring.
    pub fn read(body: &str) -> Option<Self> {
        crate::derive::parse(body).ok()
    }

    /// The ring set up last.
    pub fn newest(rings: impl IntoIterator<Item = Self>) -> Option<Self> {
        let set_up = |ring: &Self| ring.set_up_at.as_ref().map(|time| time.at);
        rings.into_iter().max_by_key(set_up)
    }

    /// 1, 2, 3 …; none for kinds that are not numbered.
    pub fn generation(&self) -> Option<u8> {
        self.hardware_type
            .as_deref()?
            .strip_prefix("gen")?
            .parse()
            .ok()
    }

    /// The ring for people: `Gen 4`; words this version does not know as Oura writes them.
    pub fn name(&self) -> Option<String> {
        let kind = self.hardware_type.as_deref()?;
        let name = match kind.strip_prefix("gen") {
            Some(number) if !number.is_empty() => format!("Gen {number}"),
            _ if kind == "or5" => "Ring 5".to_owned(),
            _ => kind.to_owned(),
        };
        Some(
            name.chars()
                .filter(|letter| !letter.is_control())
                .take(40)
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_ring_counts() {
        let ring = |kind: &str, set_up: &str| {
            RingConfiguration::read(&format!(
                r#"{{"id":"r","hardware_type":"{kind}","set_up_at":"{set_up}"}}"#
            ))
            .unwrap()
        };
        let rings = [
            ring("gen2", "2019-05-01T10:00:00+02:00"),
            ring("gen4", "2025-01-09T10:00:00+00:00"),
            ring("gen3", "2022-03-04T10:00:00+00:00"),
        ];
        let newest = RingConfiguration::newest(rings).unwrap();
        assert_eq!(newest.generation(), Some(4));
        assert_eq!(newest.name().as_deref(), Some("Gen 4"));
        assert!(RingConfiguration::newest([]).is_none());
    }

    #[test]
    fn only_numbered_kinds_have_a_generation() {
        let of = |kind: &str| RingConfiguration {
            hardware_type: Some(kind.into()),
            set_up_at: None,
        };
        assert_eq!(of("gen1").generation(), Some(1));
        for kind in ["gen", "gen-1", "or5", "", "gen999"] {
            assert_eq!(of(kind).generation(), None, "{kind}");
        }
        assert!(RingConfiguration::read("[]").is_none());
    }
}
