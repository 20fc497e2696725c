//! Not a check of anything by itself: writes the charts as files to look at, when asked to.

mod common;

use std::fmt::Write;

use chart::{Layout, Options, Size, SparkInput, crosshair, layout, sparkline, svg};

fn page(layout: &Layout, theme: &str) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">",
        layout.size.width_px, layout.size.height_px
    );
    out.push_str(theme);
    out.push_str("<rect width=\"100%\" height=\"100%\" fill=\"var(--sheet)\"/>");
    out.push_str(&svg(&layout.shapes));
    for label in &layout.labels {
        write!(
            out,
            "<text class=\"{}\" x=\"{:.2}\" y=\"{:.2}\" text-anchor=\"{}\">{}</text>",
            label.style.class(),
            label.x,
            label.y,
            label.anchor.id(),
            label.text
        )
        .unwrap();
    }
    out.push_str(&svg(&crosshair(layout, layout.nearest(400.0).unwrap())));
    out + "</svg>"
}

#[test]
#[ignore = "writes files into the folder named by CHART_PICTURES"]
fn pictures() {
    const LIGHT: &str = "<style>:root{--sheet:#fff;--ink-1:#14171A;--ink-2:#454C52;--ink-3:#60676D;--line-1:#E3E3DC;--line-2:#C6C7BF;--am:#1D65C8;--bm:#C74F06;--a:#1D65C8;--b:#AE4508;--band:#ECECE6;--alt-fill:#E2E2DB;--alt-line:#747A7E;--al-high:#FF4D4D;--al-med:#FFD60A;--al-low:#00C8E6;--al-ink:#14171A;--al-med-zone:#FFF6C7;--al-med-edge:#8A7000}text{font:12px sans-serif;fill:var(--ink-3)}.tw-muted{fill:var(--ink-2)}.tw-plain{fill:var(--ink-1)}.tw-strong,.tw-tag{font-weight:600;fill:var(--ink-1)}.tw-a,.tw-b{font-size:14px;font-weight:600;fill:var(--a)}.tw-b{fill:var(--b)}</style>";
    let folder = std::path::PathBuf::from(std::env::var("CHART_PICTURES").unwrap());
    let expedition = common::Expedition::new();
    let chart = expedition.chart();
    for (name, size) in [
        ("wide", Size::new(796.0, 414.0)),
        ("narrow", Size::new(358.0, 380.0)),
    ] {
        let layout = layout(&chart, size, Options::for_width(size.width_px));
        std::fs::write(folder.join(format!("{name}.svg")), page(&layout, LIGHT)).unwrap();
    }
    let mut fortnight = chart;
    fortnight.split = false;
    let all: Vec<_> = expedition
        .baseline
        .iter()
        .chain(&expedition.days)
        .cloned()
        .collect();
    fortnight.days = &all;
    let size = Size::new(796.0, 414.0);
    let layout = layout(&fortnight, size, Options::WIDE);
    std::fs::write(folder.join("all.svg"), page(&layout, LIGHT)).unwrap();
    let values =
        |of: fn(&physiology::pair::PairDay) -> Option<f64>| all.iter().map(of).collect::<Vec<_>>();
    let (a, b) = (values(|day| day.a.value()), values(|day| day.b.value()));
    let spark = SparkInput {
        first: all[0].day,
        values: [&a, &b],
        band: chart.band,
        day_one: chart.day_one,
    };
    let shapes = sparkline(&spark, Size::new(153.0, 38.0));
    let small = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"612\" height=\"152\" viewBox=\"0 0 153 38\">{LIGHT}<rect width=\"100%\" height=\"100%\" fill=\"var(--sheet)\"/>{}</svg>",
        svg(&shapes)
    );
    std::fs::write(folder.join("spark.svg"), small).unwrap();
}
