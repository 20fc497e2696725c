//! Text beside the picture.

use crate::palette::Role;

/// Which end of a text its position names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Anchor {
    /// As SVG's `text-anchor`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// How a text is set. Sizes and colours are the stylesheet's, by [`TextStyle::class`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    /// 12 px, the faintest ink: ticks, notes.
    Faint,
    /// 12 px, the second ink: axes, altitudes.
    Muted,
    /// 12 px, the first ink: places.
    Plain,
    /// 12 px, the first ink, semibold: today, now.
    Strong,
    /// 12 px, semibold, on an alarm's colour.
    Tag,
    /// 14 px, semibold, twin A's colour.
    TwinA,
    /// 14 px, semibold, twin B's colour.
    TwinB,
    /// 14 px, semibold, the first ink: what a lane shows.
    Title,
    /// 16 px, semibold, the first ink: a value to read from further away.
    Figure,
    /// 12 px, semibold, the sheet's colour on ink.
    Inverse,
}

impl TextStyle {
    /// The class of the stylesheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Faint => "tw-faint",
            Self::Muted => "tw-muted",
            Self::Plain => "tw-plain",
            Self::Strong => "tw-strong",
            Self::Tag => "tw-tag",
            Self::TwinA => "tw-a",
            Self::TwinB => "tw-b",
            Self::Title => "tw-title",
            Self::Figure => "tw-figure",
            Self::Inverse => "tw-inverse",
        }
    }

    /// The font's size, px.
    pub const fn size_px(self) -> f64 {
        match self {
            Self::TwinA | Self::TwinB | Self::Title => 14.0,
            Self::Figure => 16.0,
            _ => 12.0,
        }
    }

    /// The font's weight, 400 or 600.
    pub const fn weight(self) -> u16 {
        if self.is_semibold() { 600 } else { 400 }
    }

    /// The colour's role, as the stylesheet has it: where there is no stylesheet.
    pub const fn role(self) -> Role {
        match self {
            Self::Faint => Role::InkFaint,
            Self::Muted => Role::InkMuted,
            Self::Plain | Self::Strong | Self::Title | Self::Figure => Role::Ink,
            Self::Tag => Role::AlarmInk,
            Self::TwinA => Role::TextA,
            Self::TwinB => Role::TextB,
            Self::Inverse => Role::Sheet,
        }
    }

    const fn is_semibold(self) -> bool {
        !matches!(self, Self::Faint | Self::Muted | Self::Plain)
    }

    /// How wide a text will be, px: an estimate from the widths of letters, the same on the server
    /// and in the browser, a little generous so that a fallback font fits as well.
    pub fn width_px(self, text: &str) -> f64 {
        let ems: f64 = text.chars().map(width_em).sum();
        let weight = if self.is_semibold() { 1.05 } else { 1.0 };
        ems * self.size_px() * weight
    }
}

fn width_em(letter: char) -> f64 {
    match letter {
        ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '!' | '\'' | '|' | 'i' | 'j' | 'l' | 'I' => 0.28,
        'f' | 'r' | 't' | '(' | ')' | '/' | '-' => 0.38,
        'm' | 'w' | 'M' | 'W' | '%' => 0.86,
        '0'..='9' | '−' | '+' | '±' => 0.6,
        'A'..='Z' => 0.68,
        'a'..='z' => 0.58,
        // Ideographs and the like take a whole square.
        letter if letter >= '\u{2e80}' => 1.0,
        _ => 0.62,
    }
}

/// A text and where it stands; `y` is its baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where the anchored end is, px.
    pub x: f64,
    /// The baseline, px.
    pub y: f64,
    /// What it says.
    pub text: String,
    /// Which end `x` names.
    pub anchor: Anchor,
    /// How it is set.
    pub style: TextStyle,
}

impl Label {
    /// A label.
    pub(crate) fn new(
        (x, y): (f64, f64),
        text: impl Into<String>,
        anchor: Anchor,
        style: TextStyle,
    ) -> Self {
        Self {
            x,
            y,
            text: text.into(),
            anchor,
            style,
        }
    }

    /// The room the text takes, px, by estimate.
    pub fn bounds(&self) -> crate::shape::Rect {
        let width = self.style.width_px(&self.text);
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        let size = self.style.size_px();
        crate::shape::Rect {
            x: left,
            y: self.y - 0.8 * size,
            width,
            height: size,
        }
    }
}
