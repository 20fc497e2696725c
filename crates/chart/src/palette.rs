//! Colours by what they mean.

use physiology::Twin;
use physiology::alarm::Priority;

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident => $variable:literal, $light:literal;)+) => {
        /// What a colour means. Every theme gives each role its own colour.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role { $($(#[$doc])* $variant),+ }

        impl Role {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The custom property of the stylesheet that holds the colour, `--am` for example.
            pub const fn variable(self) -> &'static str {
                match self { $(Self::$variant => $variable),+ }
            }

            /// The colour of the light theme, `0xRRGGBB`.
            const fn light(self) -> u32 {
                match self { $(Self::$variant => $light),+ }
            }
        }
    };
}

roles! {
    /// Twin A's marks and lines.
    TwinA => "--am", 0x001D_65C8;
    /// Twin B's marks and lines.
    TwinB => "--bm", 0x00C7_4F06;
    /// The baseline band.
    Band => "--band", 0x00EC_ECE6;
    /// Grid lines.
    Grid => "--line-1", 0x00E3_E3DC;
    /// Axes, hatches, ticks.
    Axis => "--line-2", 0x00C6_C7BF;
    /// What the chart lies on.
    Sheet => "--sheet", 0x00FF_FFFF;
    /// Under the walked altitude.
    AltitudeFill => "--alt-fill", 0x00E2_E2DB;
    /// The altitude's line.
    AltitudeLine => "--alt-line", 0x0074_7A7E;
    /// Under the limit.
    AlarmZone => "--al-med-zone", 0x00FF_F6C7;
    /// The limit itself.
    AlarmEdge => "--al-med-edge", 0x008A_7000;
    /// A low alarm.
    AlarmLow => "--al-low", 0x0000_C8E6;
    /// A medium alarm.
    AlarmMedium => "--al-med", 0x00FF_D60A;
    /// A high alarm.
    AlarmHigh => "--al-high", 0x00FF_4D4D;
    /// Ink on an alarm's colour.
    AlarmInk => "--al-ink", 0x0014_171A;
    /// The strongest ink: the crosshair, now.
    Ink => "--ink-1", 0x0014_171A;
    /// The second ink: text.
    InkMuted => "--ink-2", 0x0045_4C52;
    /// The faintest ink: text.
    InkFaint => "--ink-3", 0x0060_676D;
    /// Text in twin A's colour.
    TextA => "--a", 0x001D_65C8;
    /// Text in twin B's colour, darker than the marks where the sheet is light.
    TextB => "--b", 0x00AE_4508;
}

impl Role {
    /// A twin's.
    pub const fn of_twin(twin: Twin) -> Self {
        match twin {
            Twin::A => Self::TwinA,
            Twin::B => Self::TwinB,
        }
    }

    /// An alarm's.
    pub const fn of_priority(priority: Priority) -> Self {
        match priority {
            Priority::Low => Self::AlarmLow,
            Priority::Medium => Self::AlarmMedium,
            Priority::High => Self::AlarmHigh,
        }
    }

    const fn position(self) -> usize {
        self as usize
    }
}

/// A colour for every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    colours: [(u8, u8, u8); Role::ALL.len()],
}

impl Palette {
    /// The light theme's.
    pub fn light() -> Self {
        Self::from_fn(|role| {
            let [_, red, green, blue] = role.light().to_be_bytes();
            (red, green, blue)
        })
    }

    /// A palette that asks for each role's red, green and blue.
    pub fn from_fn(mut colour: impl FnMut(Role) -> (u8, u8, u8)) -> Self {
        let mut colours = [(0, 0, 0); Role::ALL.len()];
        for (slot, role) in colours.iter_mut().zip(Role::ALL) {
            *slot = colour(*role);
        }
        Self { colours }
    }

    /// A role's red, green and blue.
    pub fn rgb(&self, role: Role) -> (u8, u8, u8) {
        self.colours[role.position()]
    }

    /// Colours that stand for roles, not for light: [`Palette::role_of`] reads them back.
    pub(crate) fn sentinel() -> Self {
        Self::from_fn(|role| (0, 0, role.position() as u8))
    }

    /// The role a sentinel colour stands for.
    pub(crate) fn role_of(rgb: (u8, u8, u8)) -> Role {
        Role::ALL
            .get(usize::from(rgb.2))
            .copied()
            .unwrap_or(Role::Ink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentinels_read_back() {
        let sentinel = Palette::sentinel();
        for role in Role::ALL {
            assert_eq!(Palette::role_of(sentinel.rgb(*role)), *role);
        }
    }

    #[test]
    fn the_light_theme_is_the_design() {
        let light = Palette::light();
        assert_eq!(light.rgb(Role::TwinA), (0x1D, 0x65, 0xC8));
        assert_eq!(light.rgb(Role::AlarmMedium), (0xFF, 0xD6, 0x0A));
    }
}
