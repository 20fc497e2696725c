//! Polar's documents, one table each. Polar leaves out what it does not have.

use super::rules::{Field, Is, bare, must};

use Is::{
    Bool, Clocked, Data, Date, Duration, Int, List, Local, Naive, Num, Object, OneOf, Text, Utc,
    Within,
};

pub const NIGHT: &[Field] = &[
    must("polar_user", Text),
    must("date", Date),
    must("sleep_start_time", Local),
    must("sleep_end_time", Local),
    bare("device_id", Text),
    bare("continuity", Num),
    bare("continuity_class", Within(0, 5)),
    bare("light_sleep", Int),
    bare("deep_sleep", Int),
    bare("rem_sleep", Int),
    bare("unrecognized_sleep_stage", Int),
    bare("sleep_score", Within(-1, 100)),
    bare("total_interruption_duration", Int),
    bare("sleep_charge", Within(-1, 5)),
    bare("sleep_goal", Int),
    bare("sleep_rating", Within(-1, 5)),
    bare("short_interruption_duration", Int),
    bare("long_interruption_duration", Int),
    bare("sleep_cycles", Int),
    bare("group_duration_score", Num),
    bare("group_solidity_score", Num),
    bare("group_regeneration_score", Num),
    bare("hypnogram", Clocked(&Within(0, 5))),
    bare("heart_rate_samples", Clocked(&Int)),
];

pub const RECHARGE: &[Field] = &[
    must("polar_user", Text),
    must("date", Date),
    bare("heart_rate_avg", Int),
    bare("beat_to_beat_avg", Int),
    bare("heart_rate_variability_avg", Int),
    bare("breathing_rate_avg", Num),
    bare("nightly_recharge_status", Within(-1, 6)),
    bare("ans_charge", Num),
    bare("ans_charge_status", Within(-1, 5)),
    bare("hrv_samples", Clocked(&Int)),
    bare("breathing_samples", Clocked(&Num)),
];

pub const SAMPLES: &[Field] = &[
    must("date", Date),
    bare(
        "steps",
        Object(&[
            must("interval_ms", Int),
            must("total_steps", Int),
            must(
                "samples",
                List(&Object(&[must("steps", Int), must("timestamp", Naive)])),
            ),
        ]),
    ),
    bare(
        "activity_zones",
        Object(&[must(
            "samples",
            List(&Object(&[
                must(
                    "zone",
                    OneOf(&["SEDENTARY", "LIGHT", "SLEEP", "MODERATE", "VIGOROUS"]),
                ),
                must("timestamp", Naive),
            ])),
        )]),
    ),
    bare("inactivity_stamps", List(&Object(&[must("stamp", Naive)]))),
];

pub const ACTIVITY: &[Field] = &[
    must("start_time", Naive),
    must("end_time", Naive),
    bare("active_duration", Duration),
    bare("inactive_duration", Duration),
    bare("daily_activity", Num),
    bare("calories", Int),
    bare("active_calories", Int),
    bare("steps", Int),
    bare("inactivity_alert_count", Int),
    bare("distance_from_steps", Num),
    bare("samples", Object(SAMPLES)),
];

const LOADS: Is = OneOf(&[
    "UNKNOWN",
    "VERY_LOW",
    "LOW",
    "MEDIUM",
    "HIGH",
    "VERY_HIGH",
    "NOT_AVAILABLE",
]);

pub const EXERCISE: &[Field] = &[
    must("id", Text),
    must("upload_time", Utc),
    must("polar_user", Text),
    bare("device", Text),
    bare("device_id", Text),
    must("start_time", Naive),
    must("start_time_utc_offset", Int),
    must("duration", Duration),
    bare("calories", Int),
    bare("distance", Num),
    bare(
        "heart_rate",
        Object(&[must("average", Int), must("maximum", Int)]),
    ),
    bare("training_load", Num),
    must("sport", Text),
    must("has_route", Bool),
    bare("detailed_sport_info", Text),
    bare("fat_percentage", Int),
    bare("carbohydrate_percentage", Int),
    bare("protein_percentage", Int),
    bare("running-index", Int),
    bare(
        "heart_rate_zones",
        List(&Object(&[
            must("index", Int),
            must("lower-limit", Int),
            must("upper-limit", Int),
            must("in-zone", Duration),
        ])),
    ),
    bare(
        "samples",
        List(&Object(&[
            Field("recording-rate", true, true, Int),
            must(
                "sample-type",
                OneOf(&["0", "1", "2", "3", "4", "8", "9", "10", "11"]),
            ),
            must("data", Data),
        ])),
    ),
    bare(
        "route",
        List(&Object(&[
            must("latitude", Num),
            must("longitude", Num),
            must("time", Duration),
            must("satellites", Within(0, 63)),
            must("fix", Within(0, 3)),
        ])),
    ),
    bare(
        "training_load_pro",
        Object(&[
            must("date", Date),
            must("cardio-load", Num),
            must("muscle-load", Num),
            must("perceived-load", Num),
            must("cardio-load-interpretation", LOADS),
            must("muscle-load-interpretation", LOADS),
            must("perceived-load-interpretation", LOADS),
            must("user-rpe", OneOf(&["RPE_MODERATE", "RPE_HARD"])),
        ]),
    ),
];

pub const CARDIO_LOAD: &[Field] = &[
    must("date", Date),
    must(
        "cardio_load_status",
        OneOf(&[
            "LOAD_STATUS_NOT_AVAILABLE",
            "DETRAINING",
            "MAINTAINING",
            "PRODUCTIVE",
            "OVERREACHING",
        ]),
    ),
    must("cardio_load", Num),
    must("strain", Num),
    must("tolerance", Num),
    must("cardio_load_ratio", Num),
    must(
        "cardio_load_level",
        Object(&[
            must("very_low", Num),
            must("low", Num),
            must("medium", Num),
            must("high", Num),
            must("very-high", Num),
        ]),
    ),
];

pub const CONTINUOUS_HEART_RATE: &[Field] = &[
    must("polar_user", Text),
    must("date", Date),
    must(
        "heart_rate_samples",
        List(&Object(&[
            must("heart_rate", Int),
            must("sample_time", Text),
        ])),
    ),
];

const VALIDITY: Is = OneOf(&["VALIDITY_ESTIMATE", "VALIDITY_VALID"]);

pub const ALERTNESS: &[Field] = &[
    must("grade", Num),
    must("grade_validity_seconds", Int),
    must(
        "grade_type",
        OneOf(&["GRADE_TYPE_PRIMARY", "GRADE_TYPE_ADDITIONAL"]),
    ),
    must(
        "grade_classification",
        OneOf(&[
            "GRADE_CLASSIFICATION_WEAK",
            "GRADE_CLASSIFICATION_FAIR",
            "GRADE_CLASSIFICATION_STRONG",
            "GRADE_CLASSIFICATION_EXCELLENT",
        ]),
    ),
    must("validity", VALIDITY),
    must("sleep_inertia", OneOf(&["SLEEP_INERTIA_MILD"])),
    must("sleep_type", OneOf(&["SLEEP_TYPE_PRIMARY"])),
    must("result_type", OneOf(&["ALERTNESS_TYPE_HISTORY"])),
    must("period_start_time", Naive),
    must("period_end_time", Naive),
    must("sleep_period_start_time", Naive),
    must("sleep_period_end_time", Naive),
    must("sleep_timezone_offset_minutes", Int),
    must(
        "hourly_data",
        List(&Object(&[
            must("validity", VALIDITY),
            must(
                "alertness_level",
                OneOf(&[
                    "ALERTNESS_LEVEL_LOW",
                    "ALERTNESS_LEVEL_HIGH",
                    "ALERTNESS_LEVEL_VERY_HIGH",
                ]),
            ),
            must("start_time", Naive),
            must("end_time", Naive),
        ])),
    ),
];

pub const BEDTIME: &[Field] = &[
    must("validity", VALIDITY),
    must(
        "quality",
        OneOf(&["CIRCADIAN_BEDTIME_QUALITY_CLEARLY_RECOGNIZABLE"]),
    ),
    must("result_type", OneOf(&["CIRCADIAN_BEDTIME_TYPE_HISTORY"])),
    must("period_start_time", Naive),
    must("period_end_time", Naive),
    must("preferred_sleep_period_start_time", Naive),
    must("preferred_sleep_period_end_time", Naive),
    must("sleep_gate_start_time", Naive),
    must("sleep_gate_end_time", Naive),
    must("sleep_timezone_offset_minutes", Int),
];

pub const PHYSICAL_INFO: &[Field] = &[
    must("weight", Num),
    must("height", Num),
    must("created", Utc),
    must("modified", Utc),
    must("birthday", Date),
    must("gender", OneOf(&["MALE", "FEMALE"])),
    must("maximum_heart_rate", Int),
    must("resting_heart_rate", Int),
    must("aerobic_threshold", Int),
    must("anaerobic_threshold", Int),
    must("vo2_max", Int),
    must("weight_source", OneOf(&["SOURCE_USER"])),
    must("training_background", OneOf(&["REGULAR", "FREQUENT"])),
    must(
        "typical_day",
        OneOf(&["MOSTLY_SITTING", "MOSTLY_STANDING", "MOSTLY_MOVING"]),
    ),
    must("sleep_goal", Duration),
];

pub const USER: &[Field] = &[
    must("polar-user-id", Int),
    must("member-id", Text),
    must("registration-date", Utc),
    bare("first-name", Text),
    bare("last-name", Text),
    bare("birthdate", Date),
    bare("gender", OneOf(&["MALE", "FEMALE"])),
    bare("weight", Num),
    bare("height", Num),
];

pub const ERROR: &[Field] = &[
    must("timestamp", Utc),
    must("status", Int),
    must("errorType", Text),
    must("message", Text),
    must("corrId", Text),
];
