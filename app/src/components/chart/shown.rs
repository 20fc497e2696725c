//! Which twins are shown, A first.

use physiology::Twin;

/// With a twin shown or hidden; the last one stays.
pub(crate) const fn toggled([a, b]: [bool; 2], twin: Twin) -> [bool; 2] {
    match twin {
        Twin::A => [!a || !b, b],
        Twin::B => [a, !b || !a],
    }
}
