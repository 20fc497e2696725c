//! Oura's documents, one table each.

use super::rules::{Field, Is, may, must};

use Is::{Bool, Date, Int, List, Local, Num, Object, OneOf, Sample, Text, Utc, Within};

const SCORE: Is = Within(1, 100);

const DAILY_ACTIVITY: &[Field] = &[
    must("id", Text),
    must("active_calories", Int),
    must("average_met_minutes", Num),
    may("class_5_min", Text),
    must(
        "contributors",
        Object(&[
            may("meet_daily_targets", SCORE),
            may("move_every_hour", SCORE),
            may("recovery_time", SCORE),
            may("stay_active", SCORE),
            may("training_frequency", SCORE),
            may("training_volume", SCORE),
        ]),
    ),
    must("day", Date),
    must("equivalent_walking_distance", Int),
    must("high_activity_met_minutes", Int),
    must("high_activity_time", Int),
    must("inactivity_alerts", Int),
    must("low_activity_met_minutes", Int),
    must("low_activity_time", Int),
    must("medium_activity_met_minutes", Int),
    must("medium_activity_time", Int),
    must("met", Sample),
    must("meters_to_target", Int),
    must("non_wear_time", Int),
    must("resting_time", Int),
    may("score", SCORE),
    must("sedentary_met_minutes", Int),
    must("sedentary_time", Int),
    must("steps", Int),
    must("target_calories", Int),
    must("target_meters", Int),
    must("timestamp", Local),
    must("total_calories", Int),
];

const READINESS_PARTS: Is = Object(&[
    may("activity_balance", SCORE),
    may("body_temperature", SCORE),
    may("hrv_balance", SCORE),
    may("previous_day_activity", SCORE),
    may("previous_night", SCORE),
    may("recovery_index", SCORE),
    may("resting_heart_rate", SCORE),
    may("sleep_balance", SCORE),
    may("sleep_regularity", SCORE),
]);

const SLEEP: &[Field] = &[
    must("id", Text),
    may("average_breath", Num),
    may("average_heart_rate", Num),
    may("average_hrv", Int),
    may("awake_time", Int),
    must("bedtime_end", Local),
    must("bedtime_start", Local),
    must("day", Date),
    may("deep_sleep_duration", Int),
    may("efficiency", SCORE),
    may("heart_rate", Sample),
    may("hrv", Sample),
    may("latency", Int),
    may("light_sleep_duration", Int),
    must("low_battery_alert", Bool),
    may("lowest_heart_rate", Int),
    may("movement_30_sec", Text),
    must("period", Int),
    may(
        "readiness",
        Object(&[
            must("contributors", READINESS_PARTS),
            may("score", SCORE),
            may("temperature_deviation", Num),
            may("temperature_trend_deviation", Num),
        ]),
    ),
    may("readiness_score_delta", Int),
    may("rem_sleep_duration", Int),
    may("restless_periods", Int),
    may("sleep_algorithm_version", OneOf(&["v1", "v2"])),
    may(
        "sleep_analysis_reason",
        OneOf(&[
            "foreground_sleep_analysis",
            "bedtime_edit",
            "background_sleep_analysis",
            "background_created_foreground_updated",
        ]),
    ),
    may("sleep_phase_30_sec", Text),
    may("sleep_phase_5_min", Text),
    may("sleep_score_delta", Int),
    must("time_in_bed", Int),
    may("total_sleep_duration", Int),
    may(
        "type",
        OneOf(&["deleted", "sleep", "long_sleep", "late_nap", "rest"]),
    ),
    may("ring_id", Text),
    may("app_sleep_phase_5_min", Text),
];

const SESSION: &[Field] = &[
    must("id", Text),
    must("day", Date),
    must("end_datetime", Local),
    may("heart_rate", Sample),
    may("heart_rate_variability", Sample),
    may("mood", OneOf(&["bad", "worse", "same", "good", "great"])),
    may("motion_count", Sample),
    must("start_datetime", Local),
    must(
        "type",
        OneOf(&[
            "breathing",
            "meditation",
            "nap",
            "relaxation",
            "rest",
            "body_status",
        ]),
    ),
];

const WORKOUT: &[Field] = &[
    must("id", Text),
    must("activity", Text),
    may("calories", Num),
    must("day", Date),
    may("distance", Num),
    must("end_datetime", Local),
    must("intensity", OneOf(&["easy", "moderate", "hard"])),
    may("label", Text),
    must(
        "source",
        OneOf(&[
            "manual",
            "autodetected",
            "confirmed",
            "workout_heart_rate",
            "live_third_party_heart_rate",
            "live_oura_heart_rate",
        ]),
    ),
    must("start_datetime", Local),
];

const RING: &[Field] = &[
    must("id", Text),
    may(
        "color",
        OneOf(&["stealth_black", "titanium", "silver", "rose"]),
    ),
    may(
        "design",
        OneOf(&[
            "heritage",
            "balance",
            "balance_diamond",
            "horizon",
            "ceramic",
        ]),
    ),
    may("firmware_version", Text),
    may(
        "hardware_type",
        OneOf(&["gen1", "gen2", "gen2m", "gen3", "gen4", "or5"]),
    ),
    may("set_up_at", Utc),
    may("size", Int),
];

/// Path of each collection and the table of its documents.
pub const COLLECTIONS: [(&str, &[Field]); 16] = [
    ("daily_activity", DAILY_ACTIVITY),
    (
        "daily_cardiovascular_age",
        &[
            must("id", Text),
            must("day", Date),
            may("pulse_wave_velocity", Num),
            may("vascular_age", Within(18, 100)),
        ],
    ),
    (
        "daily_readiness",
        &[
            must("id", Text),
            must("contributors", READINESS_PARTS),
            must("day", Date),
            may("score", SCORE),
            may("temperature_deviation", Num),
            may("temperature_trend_deviation", Num),
            must("timestamp", Local),
        ],
    ),
    (
        "daily_resilience",
        &[
            must("id", Text),
            must("day", Date),
            must(
                "contributors",
                Object(&[
                    must("sleep_recovery", Num),
                    must("daytime_recovery", Num),
                    must("stress", Num),
                ]),
            ),
            must(
                "level",
                OneOf(&["limited", "adequate", "solid", "strong", "exceptional"]),
            ),
        ],
    ),
    (
        "daily_sleep",
        &[
            must("id", Text),
            must(
                "contributors",
                Object(&[
                    may("deep_sleep", SCORE),
                    may("efficiency", SCORE),
                    may("latency", SCORE),
                    may("rem_sleep", SCORE),
                    may("restfulness", SCORE),
                    may("timing", SCORE),
                    may("total_sleep", SCORE),
                ]),
            ),
            must("day", Date),
            may("score", SCORE),
            must("timestamp", Local),
        ],
    ),
    (
        "daily_spo2",
        &[
            must("id", Text),
            may("breathing_disturbance_index", Within(0, 100)),
            must("day", Date),
            may("spo2_percentage", Object(&[must("average", Num)])),
        ],
    ),
    (
        "daily_stress",
        &[
            must("id", Text),
            must("day", Date),
            may("day_summary", OneOf(&["restored", "normal", "stressful"])),
            may("recovery_high", Int),
            may("stress_high", Int),
        ],
    ),
    (
        "enhanced_tag",
        &[
            must("id", Text),
            may("tag_type_code", Text),
            must("start_time", Local),
            may("end_time", Local),
            must("start_day", Date),
            may("end_day", Date),
            may("comment", Text),
            may("custom_name", Text),
        ],
    ),
    (
        "rest_mode_period",
        &[
            must("id", Text),
            may("end_day", Date),
            may("end_time", Local),
            must(
                "episodes",
                List(&Object(&[
                    must("tags", List(&Text)),
                    must("timestamp", Local),
                ])),
            ),
            must("start_day", Date),
            may("start_time", Local),
        ],
    ),
    ("ring_configuration", RING),
    ("session", SESSION),
    ("sleep", SLEEP),
    (
        "sleep_time",
        &[
            must("id", Text),
            must("day", Date),
            may(
                "optimal_bedtime",
                Object(&[
                    must("day_tz", Int),
                    must("end_offset", Int),
                    must("start_offset", Int),
                ]),
            ),
            may(
                "recommendation",
                OneOf(&[
                    "improve_efficiency",
                    "earlier_bedtime",
                    "later_bedtime",
                    "earlier_wake_up_time",
                    "later_wake_up_time",
                    "follow_optimal_bedtime",
                ]),
            ),
            may(
                "status",
                OneOf(&[
                    "not_enough_nights",
                    "not_enough_recent_nights",
                    "bad_sleep_quality",
                    "only_recommended_found",
                    "optimal_found",
                ]),
            ),
        ],
    ),
    (
        "tag",
        &[
            must("id", Text),
            must("day", Date),
            Field("text", true, true, Text),
            must("timestamp", Local),
            must("tags", List(&Text)),
        ],
    ),
    (
        "vO2_max",
        &[
            must("id", Text),
            must("day", Date),
            must("timestamp", Local),
            must("vo2_max", Int),
        ],
    ),
    ("workout", WORKOUT),
];

pub const HEART_RATE: &[Field] = &[
    must("timestamp", Utc),
    must("timestamp_unix", Int),
    must("bpm", Int),
    must(
        "source",
        OneOf(&["awake", "workout", "rest", "sleep", "live", "session"]),
    ),
];

pub const BATTERY: &[Field] = &[
    must("timestamp", Utc),
    must("timestamp_unix", Int),
    may("charging", Bool),
    may("in_charger", Bool),
    must("level", Within(0, 100)),
];

pub const PERSONAL_INFO: &[Field] = &[
    must("id", Text),
    may("age", Int),
    may("weight", Num),
    may("height", Num),
    may("biological_sex", Text),
    may("email", Text),
];
