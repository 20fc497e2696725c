//! Line icons, 24 × 24, in the colour of the text beside them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    Overview,
    Compare,
    Workouts,
    Day,
    Data,
    Connections,
    Settings,
    More,
    Previous,
    Next,
    Download,
    Plus,
    Minus,
    Up,
    Down,
    Calendar,
    Moon,
    Sun,
    SignOut,
    Check,
    Wider,
    Steady,
    Closer,
    Ring,
    Strap,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Overview => "M3 13h3.6l3-7.5L14.4 18l2.4-5H21",
            Self::Compare => {
                "M3 7.5c3-1.8 5.5 1.8 9 0s6-1.8 9 0M3 16.5c2.2 1.2 4-1.4 6.4-.2M11.6 17.4c2.2.6 3.4-1.4 5.4-.9M19.2 17l1.8.6"
            }
            Self::Workouts => "M3.5 9.5v5M6.5 6.5v11M6.5 12h11M17.5 6.5v11M20.5 9.5v5",
            Self::Day => {
                "M12 3.5v2M12 18.5v2M3.5 12h2M18.5 12h2M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0M12 8v4.2l2.8 1.8"
            }
            Self::Data => "M4 5h16v14H4zM4 9.7h16M4 14.3h16M10 5v14",
            Self::Settings => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M7 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
            }
            Self::More => "M5 12h.01M12 12h.01M19 12h.01",
            Self::Previous => "m14.5 5-7 7 7 7",
            Self::Next => "m9.5 5 7 7-7 7",
            Self::Download => "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Up => "m5 14.5 7-7 7 7",
            Self::Down => "m5 9.5 7 7 7-7",
            Self::Connections => {
                "M9.8 14.2a4 4 0 0 1 0-5.7l2.6-2.6a4 4 0 0 1 5.7 5.7l-1.2 1.2M14.2 9.8a4 4 0 0 1 0 5.7l-2.6 2.6a4 4 0 0 1-5.7-5.7l1.2-1.2"
            }
            Self::Calendar => "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
            Self::Moon => "M20 14.3A8 8 0 1 1 9.7 4a6.4 6.4 0 0 0 10.3 10.3z",
            Self::Sun => {
                "M8 12a4 4 0 1 0 8 0 4 4 0 0 0-8 0M12 2.8V5M12 19v2.2M2.8 12H5M19 12h2.2M5.5 5.5 7 7M17 17l1.5 1.5M18.5 5.5 17 7M7 17l-1.5 1.5"
            }
            Self::SignOut => "M13 4H5v16h8M10 12h10.5M16.5 8l4 4-4 4",
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::Wider => "M6 18 18 6M9.5 6H18v8.5",
            Self::Steady => "M4 12h16M14 6l6 6-6 6",
            Self::Closer => "M6 6l12 12M18 9.5V18H9.5",
            Self::Ring => {
                "M3 12a9 9 0 1 0 18 0 9 9 0 0 0-18 0M5.6 12a6.4 6.4 0 1 0 12.8 0 6.4 6.4 0 0 0-12.8 0M10 18.1h4"
            }
            Self::Strap => {
                "M1 10c2.2.8 4 1.2 6 1.2M1 14c2.2.5 4 .6 6 .6M23 10c-2.2.8-4 1.2-6 1.2M23 14c-2.2.5-4 .6-6 .6M10.5 8.5h3a3.5 3.5 0 0 1 0 7h-3a3.5 3.5 0 0 1 0-7z"
            }
        }
    }
}

/// An icon. It says nothing by itself: what stands beside it does.
#[component]
pub(crate) fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=glyph.path()></path>
        </svg>
    }
}
