use core::fmt;

use serde::de::{Error as _, MapAccess};
use serde::{Deserialize, Deserializer};

use crate::time::clock_s;

/// Values by time of day, `{"23:41": 76, "00:46": 77}`, in the order they were written.
#[derive(Clone, PartialEq)]
pub struct ByClock {
    /// Seconds after local midnight, and the value.
    pub samples: Vec<(i64, f64)>,
}

impl<'de> Deserialize<'de> for ByClock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = ByClock;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values by time of day")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ByClock, A::Error> {
                let mut samples = Vec::new();
                while let Some((clock, value)) = map.next_entry::<String, Option<f64>>()? {
                    let clock_s = clock_s(&clock)
                        .ok_or_else(|| A::Error::custom("expected times of day, HH:MM"))?;
                    if let Some(value) = value {
                        samples.push((clock_s, value));
                    }
                }
                Ok(ByClock { samples })
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}
