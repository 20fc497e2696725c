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
