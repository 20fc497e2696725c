//! What altitude does, told plainly.

use physiology::acclimatisation::FEWEST_NIGHTS;
use physiology::baseline::Position;
use physiology::itinerary_risk::RiskAssessment;
use physiology::metric::decimal;
use physiology::{Metric, Twin, Units, Written};
use views::compare::{ExpectedNight, Settling, SettlingTwin};

use super::amount;
use crate::format::altitude;

/// Nights slept further apart in height than this, m, were not of one altitude.
const ONE_ALTITUDE_M: f64 = 300.0;

/// A twin's newest night against what is expected of it.
pub(in super::super) fn expected(
    twin: Twin,
    night: Option<&ExpectedNight>,
    units: Units,
) -> String {
    let written = Metric::Spo2Night.written(units);
    let letter = twin.letter();
    let Some(night) = night else {
        return format!("{letter} has no night with a SpO₂.");
    };
    let band = night.band;
    let edges = format!(
        "{} to {}",
        decimal(band.low, 0, false),
        // Nobody's blood holds more.
        value_of(band.high.min(100.0))
    );
    let after = match night.nights {
        1 => "in the first night there".to_owned(),
        nights => format!("after {nights} nights there"),
    };
    let at = format!("at {} {after}", altitude(night.altitude_m));
    let stands = match band.position(night.value) {
        Position::Below => format!(
            "is {} under what is expected {at}",
            amount(written, band.low - night.value)
        ),
        Position::Within => format!("is within what is expected {at}"),
        Position::Above => format!(
            "is {} over what is expected {at}",
            amount(written, night.value - band.high)
        ),
    };
    format!(
        "{letter}’s last night, {}, {}, {stands}: {edges}.",
        night.day.short(),
        written.with_unit(night.value)
    )
}

fn value_of(percent: f64) -> String {
    format!("{}\u{a0}%", decimal(percent, 0, false))
}

/// A twin's curve, or why there is none.
pub(in super::super) fn settling(written: Written, twin: Twin, own: &SettlingTwin) -> String {
    let (letter, name) = (twin.letter(), written.metric().info().name);
    let count = own.points.len();
    match own.fit {
        Some(fit) => format!(
            "{letter}’s {name} tends from {} to {} (95 % interval {} to {}); two thirds of the way take about {} nights.",
            written.with_unit(fit.start),
            written.with_unit(fit.plateau),
            written.value(fit.plateau_interval.low),
            written.with_unit(fit.plateau_interval.high),
            decimal(fit.tau_nights, 1, false)
        ),
        None if count < FEWEST_NIGHTS => format!(
            "No curve for {letter}: it takes {FEWEST_NIGHTS} nights at altitude, and there are {count}."
        ),
        None => {
            format!("No curve for {letter}: its {count} nights do not settle towards a level yet.")
        }
    }
}

/// That the party was climbing meanwhile, where it was.
pub(in super::super) fn climbing(settling: &Settling) -> Option<String> {
    let (low, high) = settling.altitudes_m?;
    (high - low > ONE_ALTITUDE_M).then(|| {
        format!(
            "Slept at {} to {} meanwhile: the curve mixes settling with climbing.",
            altitude(low),
            altitude(high)
        )
    })
}

/// The itinerary's risk with what it rests on.
pub(in super::super) fn risk(risk: &RiskAssessment) -> String {
    let mut text = format!(
        "{}. The first night at altitude is slept at {}.",
        risk.reason.sentence(),
        altitude(risk.first_sleeping_altitude_m)
    );
    if let Some((day, gain_m)) = risk.steepest_day {
        text += &format!(
            " The steepest day, {}, ends {} higher.",
            day.short(),
            altitude(gain_m)
        );
    }
    let rest: Vec<String> = risk.rest_days.iter().map(|day| day.short()).collect();
    let rests = match rest.len() {
        0 => "No rest day.".to_owned(),
        1 => format!("One rest day: {}.", rest.join("")),
        many => format!("{many} rest days: {}.", rest.join(", ")),
    };
    format!("{text} {rests}")
}

#[cfg(test)]
mod tests {
    use physiology::baseline::Band;
    use physiology::{Day, Metric};

    use super::*;

    fn night(value: f64, nights: u32) -> ExpectedNight {
        ExpectedNight {
            day: Day::new(2026, 10, 13).unwrap(),
            value,
            altitude_m: 5_164.0,
            nights,
            mean: 71.0,
            band: Band {
                low: 63.0,
                high: 79.0,
            },
        }
    }

    fn told(value: f64, nights: u32) -> String {
        expected(Twin::B, Some(&night(value, nights)), Units::default()).replace('\u{a0}', " ")
    }

    #[test]
    fn a_night_is_told_against_what_is_expected() {
        assert_eq!(
            told(60.0, 2),
            "B’s last night, 13 Oct, 60.0 %, is 3.0 points under what is expected at 5,164 m after 2 nights there: 63 to 79 %."
        );
        assert!(told(73.4, 1).contains("is within what is expected at 5,164 m in the first night"));
        assert!(told(81.5, 1).contains("2.5 points over"));
        assert!(expected(Twin::A, None, Units::default()).starts_with("A has no night"));
    }

    #[test]
    fn too_few_nights_make_no_curve() {
        let own = SettlingTwin {
            points: vec![(0.0, 88.0), (1.0, 87.0)],
            fit: None,
        };
        let text = settling(Metric::Spo2Night.written(Units::default()), Twin::A, &own);
        assert_eq!(
            text,
            "No curve for A: it takes 5 nights at altitude, and there are 2."
        );
    }
}
