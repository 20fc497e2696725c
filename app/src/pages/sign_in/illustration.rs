//! The picture behind the sign-in: a climb, and two lines that part on the way. No real data.

use leptos::prelude::*;

/// Altitude of the drawn climb: from left to right, in the picture's own units, up from its foot.
const CLIMB: [(f64, f64); 22] = [
    (-400.0, 46.0),
    (520.0, 46.0),
    (556.0, 100.0),
    (590.0, 100.0),
    (602.0, 164.0),
    (650.0, 164.0),
    (678.0, 197.0),
    (730.0, 197.0),
    (743.0, 216.0),
    (762.0, 197.0),
    (790.0, 197.0),
    (814.0, 221.0),
    (856.0, 221.0),
    (878.0, 257.0),
    (932.0, 257.0),
    (944.0, 275.0),
    (956.0, 257.0),
    (986.0, 257.0),
    (1_008.0, 289.0),
    (1_068.0, 302.0),
    (1_126.0, 316.0),
    (1_800.0, 316.0),
];

/// Both lines, down from 98 %, one point every [`STEP`].
const LINES: [[f64; 14]; 2] = [
    [
        97.2, 97.5, 97.1, 97.4, 97.3, 95.4, 92.1, 89.9, 90.6, 88.0, 84.6, 85.7, 81.3, 78.6,
    ],
    [
        97.0, 97.2, 96.9, 97.1, 96.8, 95.0, 90.8, 87.2, 88.0, 84.4, 80.1, 81.9, 77.2, 73.1,
    ],
];
const STEP: f64 = 43.5;

/// The picture; it fills the page's back and says nothing to a screen reader.
#[component]
pub(crate) fn Illustration() -> impl IntoView {
    let climb = points(CLIMB.map(|(x, up)| (x, 820.0 - up)));
    let ground = format!("M{climb}V1400H-400Z");
    let [a, b] = LINES.map(|values| {
        let mut x = 560.0 - STEP;
        values.map(|value| {
            x += STEP;
            (x, 150.0 + (97.6 - value) * 12.2)
        })
    });
    view! {
        <svg
            class="art"
            viewBox="0 0 1180 820"
            preserveAspectRatio="xMaxYMax slice"
            aria-hidden="true"
        >
            <path class="art-ground" d=ground></path>
            <path class="art-climb" d=format!("M{climb}")></path>
            <g class="art-lines">
                <path class="art-b" d=format!("M{}", points(b))></path>
                <path class="art-a" d=format!("M{}", points(a))></path>
                {a.map(|(x, y)| view! { <circle class="art-mark-a" cx=x cy=y r="4.5"></circle> }).collect_view()}
                {b
                    .map(|(x, y)| {
                        view! {
                            <rect class="art-mark-b" x=x - 4.0 y=y - 4.0 width="8" height="8"></rect>
                        }
                    })
                    .collect_view()}
            </g>
        </svg>
        <p class="art-note">"Illustration, not patient data"</p>
    }
    .into_any()
}

fn points<const N: usize>(points: [(f64, f64); N]) -> String {
    points.map(|(x, y)| format!("{x:.1} {y:.1}")).join("L")
}
