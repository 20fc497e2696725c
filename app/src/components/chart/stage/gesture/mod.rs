//! From pointers to what is meant by them, without a browser.
//!
//! A mouse points by moving, leaves the crosshair where it last clicked, looks closer at what it drags over, and with Shift moves what is shown.
//! A finger points by tapping or by staying where it is; dragging moves what is shown once one looks
//! closer, and points before that; two fingers zoom. Twice quickly is back to everything.

/// What is meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meant {
    /// Put the crosshair at `x`, px.
    Point(f64),
    /// Take the crosshair away.
    Leave,
    /// A stretch is being chosen, px from and to.
    Choosing(f64, f64),
    /// No stretch is chosen any more.
    ChooseNothing,
    /// Look at this stretch, px from and to.
    LookAt(f64, f64),
    /// Move what is shown by so much, px.
    Move(f64),
    /// Closer by a factor about `x`, px.
    Zoom {
        /// What stays where it is.
        x: f64,
        /// Over 1 is closer.
        factor: f64,
    },
    /// Back to everything.
    Everything,
    /// A gesture that changed what is shown is over.
    Done,
}

/// A pointer's event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Touch {
    /// Which pointer.
    pub id: i32,
    /// Where, px from the stage's left edge.
    pub x: f64,
    /// When, ms.
    pub at_ms: f64,
    /// Whether it is a mouse, which hovers.
    pub is_mouse: bool,
    /// Whether what is shown is to be moved rather than chosen from.
    pub moves: bool,
}

/// Less than this is no drag, px.
const STILL_PX: [f64; 2] = [8.0, 4.0];
/// Two taps within this are one gesture, ms and px.
const TWICE: (f64, f64) = (320.0, 28.0);
/// A chosen stretch narrower than this was not meant, px.
const LEAST_CHOSEN_PX: f64 = 6.0;
/// Two fingers closer than this tell no distance, px.
const LEAST_APART_PX: f64 = 12.0;

/// What the pointers are doing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Doing {
    #[default]
    Nothing,
    /// Pressed, not moved yet.
    Pressed,
    Choosing,
    Moving,
    Pointing,
    Pinching,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Down {
    id: i32,
    from_x: f64,
    x: f64,
}

/// The pointers on a stage.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Gesture {
    down: Vec<Down>,
    doing: Doing,
    tapped: Option<(f64, f64)>,
    held: Held,
}

/// What keeps the crosshair when a mouse leaves.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Held {
    #[default]
    Nothing,
    /// It was clicked here, px.
    At(f64),
    /// A key put it where it stands.
    Wherever,
}

impl Gesture {
    /// Whether a single finger is down that has not moved: it may be about to stay.
    pub(super) fn may_stay(&self) -> bool {
        self.doing == Doing::Pressed
    }

    /// A pointer is pressed.
    pub(super) fn down(&mut self, touch: Touch) -> Vec<Meant> {
        self.down.retain(|down| down.id != touch.id);
        // A third finger means nothing.
        if self.down.len() >= 2 {
            return Vec::new();
        }
        self.down.push(Down {
            id: touch.id,
            from_x: touch.x,
            x: touch.x,
        });
        if self.down.len() == 2 {
            let was = core::mem::replace(&mut self.doing, Doing::Pinching);
            self.tapped = None;
            return match was {
                Doing::Choosing => vec![Meant::ChooseNothing],
                _ => Vec::new(),
            };
        }
        self.doing = Doing::Pressed;
        self.held = Held::Nothing;
        Vec::new()
    }

    /// A mouse leaves: the crosshair goes with it, unless it was put somewhere.
    pub(super) fn left(&mut self) -> Vec<Meant> {
        match self.held {
            Held::Nothing => vec![Meant::Leave],
            Held::At(x) => vec![Meant::Point(x)],
            Held::Wherever => Vec::new(),
        }
    }

    /// A key moves the crosshair, or what is shown under it.
    pub(super) fn keyed(&mut self) {
        self.held = Held::Wherever;
    }

    /// Nothing is held any more: it was let go, or something else is shown where it was.
    pub(super) fn let_go(&mut self) {
        self.held = Held::Nothing;
    }

    /// A pointer moves, pressed or not. `is_closer`: not everything is shown.
    pub(super) fn moved(&mut self, touch: Touch, is_closer: bool) -> Vec<Meant> {
        let Some(place) = self.down.iter().position(|down| down.id == touch.id) else {
            // A mouse that hovers; another finger's motion while two are down is ignored.
            return if self.down.is_empty() {
                if self.held == Held::Wherever {
                    self.held = Held::Nothing;
                }
                vec![Meant::Point(touch.x)]
            } else {
                Vec::new()
            };
        };
        let before = self.down.clone();
        self.down[place].x = touch.x;
        let own = self.down[place];
        if self.doing == Doing::Pressed {
            if (own.x - own.from_x).abs() < STILL_PX[usize::from(touch.is_mouse)] {
                return if touch.is_mouse {
                    vec![Meant::Point(touch.x)]
                } else {
                    Vec::new()
                };
            }
            self.tapped = None;
            self.doing = match (touch.is_mouse, touch.moves, is_closer) {
                (true, false, _) => Doing::Choosing,
                (true, true, _) | (false, _, true) => Doing::Moving,
                (false, _, false) => Doing::Pointing,
            };
        }
        match self.doing {
            Doing::Nothing | Doing::Pressed => Vec::new(),
            Doing::Choosing => vec![Meant::Choosing(own.from_x, own.x)],
            Doing::Moving => vec![Meant::Move(own.x - before[place].x)],
            Doing::Pointing => vec![Meant::Point(own.x)],
            Doing::Pinching => pinched(&before, &self.down),
        }
    }

    /// A finger stayed where it was put for as long as it takes: it points from now on.
    pub(super) fn stayed(&mut self) -> Vec<Meant> {
        match (self.doing, self.down.first()) {
            (Doing::Pressed, Some(down)) => {
                self.doing = Doing::Pointing;
                vec![Meant::Point(down.x)]
            }
            _ => Vec::new(),
        }
    }

    /// A pointer is lifted.
    pub(super) fn up(&mut self, touch: Touch) -> Vec<Meant> {
        let Some(place) = self.down.iter().position(|down| down.id == touch.id) else {
            return Vec::new();
        };
        let own = self.down.remove(place);
        if !self.down.is_empty() {
            // The finger that stays on after a pinch moves what is shown.
            self.doing = Doing::Moving;
            return vec![Meant::Done];
        }
        match core::mem::take(&mut self.doing) {
            Doing::Pressed => self.tap(touch),
            Doing::Choosing if (touch.x - own.from_x).abs() >= LEAST_CHOSEN_PX => vec![
                Meant::ChooseNothing,
                Meant::LookAt(own.from_x.min(touch.x), own.from_x.max(touch.x)),
                Meant::Done,
            ],
            Doing::Choosing => vec![Meant::ChooseNothing],
            Doing::Moving | Doing::Pinching => vec![Meant::Done],
            Doing::Nothing | Doing::Pointing => Vec::new(),
        }
    }

    fn tap(&mut self, touch: Touch) -> Vec<Meant> {
        let (within_ms, within_px) = TWICE;
        let is_second = self.tapped.is_some_and(|(at_ms, x)| {
            (0.0..=within_ms).contains(&(touch.at_ms - at_ms)) && (touch.x - x).abs() <= within_px
        });
        if is_second {
            self.tapped = None;
            return vec![Meant::Everything, Meant::Done];
        }
        self.tapped = Some((touch.at_ms, touch.x));
        if touch.is_mouse {
            self.held = Held::At(touch.x);
        }
        vec![Meant::Point(touch.x)]
    }

    /// The browser took the pointer for itself: to scroll the page, or because it is gone.
    pub(super) fn cancelled(&mut self, id: i32) -> Vec<Meant> {
        self.down.retain(|down| down.id != id);
        if !self.down.is_empty() {
            return Vec::new();
        }
        match core::mem::take(&mut self.doing) {
            Doing::Choosing => vec![Meant::ChooseNothing],
            Doing::Moving | Doing::Pinching => vec![Meant::Done],
            _ => Vec::new(),
        }
    }

    /// Esc: whatever was being chosen is not.
    pub(super) fn escaped(&mut self) -> Vec<Meant> {
        if self.doing == Doing::Choosing {
            self.doing = Doing::Nothing;
            self.down.clear();
            vec![Meant::ChooseNothing]
        } else {
            Vec::new()
        }
    }
}

/// Two fingers: what was between them stays between them.
fn pinched(before: &[Down], now: &[Down]) -> Vec<Meant> {
    let ends = |down: &[Down]| match down {
        [one, two] => Some((f64::midpoint(one.x, two.x), (one.x - two.x).abs())),
        _ => None,
    };
    let (Some((middle_before, apart_before)), Some((middle, apart))) = (ends(before), ends(now))
    else {
        return Vec::new();
    };
    let factor = apart.max(LEAST_APART_PX) / apart_before.max(LEAST_APART_PX);
    vec![
        Meant::Move(middle - middle_before),
        Meant::Zoom { x: middle, factor },
    ]
}

#[cfg(test)]
mod tests;
