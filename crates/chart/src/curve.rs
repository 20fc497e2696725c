//! How each twin settles at altitude: values by nights there, and the curve through them.

use physiology::acclimatisation::ExponentialFit;
use physiology::{Twin, Written};

use crate::input::{Size, drawable};
use crate::palette::Role;
use crate::picture::Picture;
use crate::plot::{Margins, Plot, extent, widened};
use crate::shape::{Dash, Point, Shape};
use crate::text::{Anchor, TextStyle};
use crate::ticks::{finest, nice_ticks, step_for, tick_text};

/// What the picture is made of.
#[derive(Debug, Clone, Copy)]
pub struct Curve<'a> {
    /// Which metric, as whoever looks likes it written.
    pub written: Written,
    /// The twins, A first.
    pub twins: [CurveTwin<'a>; 2],
}

/// One twin's nights at altitude.
#[derive(Debug, Clone, Copy)]
pub struct CurveTwin<'a> {
    /// Nights since the first at altitude, and the value.
    pub points: &'a [(f64, f64)],
    /// The curve through them, where there is one.
    pub fit: Option<ExponentialFit>,
}

const MARGINS: Margins = Margins {
    left: 44.0,
    right: 30.0,
    top: 12.0,
    bottom: 38.0,
};
/// The curve is drawn in so many straight pieces.
const PIECES: u32 = 40;

/// Both twins' values by nights at altitude, a curve through each where there is one, and at its
/// end the interval of the level it tends to.
pub fn curve(input: &Curve<'_>, size: Size) -> Picture {
    let points = || {
        input
            .twins
            .iter()
            .flat_map(|twin| twin.points)
            .filter(|point| drawable(point.0) && drawable(point.1))
    };
    let least = 4.0 * finest(input.written);
    let across = extent(points().map(|point| point.0).chain([0.0, 4.0]));
    let up = extent(points().map(|point| point.1));
    let (Some(across), Some(up)) = (across, up) else {
        return Plot::new(size, MARGINS, (0.0, 1.0), (0.0, 1.0)).done();
    };
    let (low, high) = widened(up, 0.14, least);
    let mut plot = Plot::new(size, MARGINS, (across.0 - 0.4, across.1 + 0.6), (low, high));
    let step = step_for(input.written, high - low, 4);
    for tick in nice_ticks(low, high, step) {
        plot.y_tick(tick, tick_text(input.written, tick, step), Role::Grid);
    }
    let every = crate::ticks::nice_step(across.1 - across.0, 7).max(1.0);
    for tick in nice_ticks(across.0, across.1, every) {
        // The first night at altitude is night 1 to people.
        plot.x_tick(tick, format!("{}", tick + 1.0));
    }
    let (name, unit) = (input.written.metric().info().name, input.written.unit());
    plot.x_title(format!("{name} {unit}, by night at altitude"));
    for twin in [Twin::B, Twin::A] {
        let own = input.twins[crate::input::index(twin)];
        if let Some(fit) = own.fit {
            line(&mut plot, twin, &fit, across);
        }
        for (night, value) in own.points {
            if drawable(*night) && drawable(*value) {
                let centre = Point::new(plot.x.at(*night), plot.y.at(*value));
                for (half, role) in [(4.75, Role::Sheet), (3.5, Role::of_twin(twin))] {
                    plot.shape(Shape::mark(twin, centre, half, role));
                }
            }
        }
    }
    plot.done()
}

fn line(plot: &mut Plot, twin: Twin, fit: &ExponentialFit, (from, to): (f64, f64)) {
    let (low, high) = plot.y.domain();
    let points: Vec<Point> = (0..=PIECES)
        .map(|piece| from + (to - from) * f64::from(piece) / f64::from(PIECES))
        .map(|night| (night, fit.at(night)))
        .filter(|(_, value)| drawable(*value) && (low..=high).contains(value))
        .map(|(night, value)| Point::new(plot.x.at(night), plot.y.at(value)))
        .collect();
    plot.shape(Shape::Line {
        points,
        width_px: 1.5,
        dash: match twin {
            Twin::A => Dash::SOLID,
            Twin::B => Dash::TWIN_B,
        },
        role: Role::of_twin(twin),
    });
    let band = fit.plateau_interval;
    if drawable(band.low) && drawable(band.high) && band.low < high && band.high > low {
        let lane = match twin {
            Twin::A => 8.0,
            Twin::B => 15.0,
        };
        let x = plot.frame.right() + lane;
        let (top, bottom) = (plot.y.at(band.high.min(high)), plot.y.at(band.low.max(low)));
        plot.shape(Shape::Line {
            points: vec![Point::new(x, top), Point::new(x, bottom)],
            width_px: 2.0,
            dash: Dash::SOLID,
            role: Role::of_twin(twin),
        });
        if (low..=high).contains(&fit.plateau) {
            let centre = Point::new(x, plot.y.at(fit.plateau));
            plot.shape(Shape::mark(twin, centre, 3.0, Role::of_twin(twin)));
        }
        plot.label(
            (x, plot.frame.y + 2.0),
            twin.letter(),
            Anchor::Middle,
            TextStyle::Faint,
        );
    }
}
