//! Files of charts, read back by other people's parsers.
#![allow(clippy::unwrap_used, reason = "test code")]

use chart::export::csv::{Cell, table};
use chart::export::{Document, svg_document};
use chart::{
    Anchor, Label, Options, Palette, Point, Rect, Role, Shape, Size, TextStyle, TraceChart,
    TracePanels, TwinTrace, trace_layout, trace_summary,
};
use physiology::Twin;
use physiology::units::Clock;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element as read back: its name, its attributes and its text.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        // `attributes` itself refuses one that is there twice.
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
            let value = String::from_utf8(attribute.value.to_vec()).unwrap();
            (key, value)
        });
        Self {
            name: String::from_utf8(start.name().as_ref().to_vec()).unwrap(),
            attributes: attributes.collect(),
            text: String::new(),
        }
    }

    fn get(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| name == key)?;
        Some(&found.1)
    }
}

/// Every element of a file, in order; fails where it is not well-formed.
fn read(file: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(file);
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                open.push(elements.len());
                elements.push(Element::of(&start));
            }
            Event::Empty(start) => elements.push(Element::of(&start)),
            Event::Text(text) => {
                if let Some(index) = open.last() {
                    elements[*index].text += &text.decode().unwrap();
                }
            }
            Event::GeneralRef(entity) => {
                let letter = match entity.resolve_char_ref().unwrap() {
                    Some(letter) => letter,
                    None => match &*entity.decode().unwrap() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        other => panic!("unknown entity {other}"),
                    },
                };
                elements[*open.last().unwrap()].text.push(letter);
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "cut off");
    elements
}

fn label(text: &str, style: TextStyle) -> Label {
    Label {
        x: 12.345,
        y: 20.0,
        text: text.to_owned(),
        anchor: Anchor::End,
        style,
    }
}

fn document<'a>(shapes: &'a [Shape], labels: &'a [Label], words: &'a str) -> Document<'a> {
    Document {
        size: Size::new(600.0, 300.0),
        shapes,
        labels,
        title: words,
        description: words,
        caption: words,
    }
}

const STYLES: [TextStyle; 10] = [
    TextStyle::Faint,
    TextStyle::Muted,
    TextStyle::Plain,
    TextStyle::Strong,
    TextStyle::Tag,
    TextStyle::TwinA,
    TextStyle::TwinB,
    TextStyle::Title,
    TextStyle::Figure,
    TextStyle::Inverse,
];

#[test]
fn a_workout_is_a_file_of_its_own() {
    let runs = [(0..720)
        .map(|step| (step * 5, 100 + (step % 40) as u16))
        .collect::<Vec<_>>()];
    let twin = TwinTrace {
        runs: &runs,
        gaps: &[(1_000, 1_400)],
        bounds_bpm: Some([94.0, 105.0, 110.0, 120.0, 130.0, 188.0]),
        missing: None,
    };
    let chart = TraceChart {
        names: ["Maya", "Leela & <co>"],
        from_s: 0,
        to_s: 3_600,
        view: None,
        columns_per_px: 1.0,
        clock: Clock::Hours24,
        twins: [twin, twin],
        altitude: &[(0, 3_860.0), (3_600, 4_410.0)],
        places: [None, None],
        panels: TracePanels::Each,
        zones_of: Twin::A,
        notes: &[],
    };
    let layout = trace_layout(&chart, Size::new(800.0, 480.0), Options::WIDE);
    let description = trace_summary(&chart);
    let document = Document {
        size: layout.picture.size,
        shapes: &layout.picture.shapes,
        labels: &layout.picture.labels,
        title: "Heart rate of Maya and Leela",
        description: &description,
        caption: "Heart rate, 9 Oct 2026, UTC+05:45, made 21 Nov 2026",
    };
    let mut count = 0_u8;
    let palette = Palette::from_fn(|_| {
        count += 1;
        (0xAB, 0xCD, count)
    });
    let file = svg_document(&document, &palette);
    let elements = read(&file);
    assert_eq!(elements[0].name, "svg");
    assert_eq!(elements[0].get("xmlns"), Some("http://www.w3.org/2000/svg"));
    assert_eq!(elements[0].get("viewBox"), Some("0 0 800 504"));
    assert_eq!(
        (elements[1].name.as_str(), elements[1].text.as_str()),
        ("title", "Heart rate of Maya and Leela")
    );
    assert_eq!(
        (elements[2].name.as_str(), elements[2].text.as_str()),
        ("desc", description.as_str())
    );
    assert!(!file.contains("var(") && !file.contains("class="));
    let allowed: Vec<String> = (1..=count).map(|one| format!("#abcd{one:02x}")).collect();
    for element in &elements {
        for key in ["fill", "stroke"] {
            if let Some(colour) = element.get(key).filter(|colour| *colour != "none") {
                assert!(allowed.iter().any(|one| one == colour), "{element:?}");
            }
        }
    }
    // The zones lie behind the traces, in both their steps.
    for role in [Role::Band, Role::AltitudeFill] {
        let (red, green, blue) = palette.rgb(role);
        let colour = format!("#{red:02x}{green:02x}{blue:02x}");
        let mut fills = elements.iter().filter_map(|one| one.get("fill"));
        assert!(fills.any(|fill| fill == colour), "{role:?}");
    }
    let texts: Vec<&str> = elements
        .iter()
        .filter(|one| one.name == "text")
        .map(|one| one.text.as_str())
        .collect();
    let mut told: Vec<&str> = layout
        .picture
        .labels
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    told.push(document.caption);
    assert_eq!(texts, told);
}

#[test]
fn texts_are_set_as_their_styles_are() {
    let labels = STYLES.map(|style| label("84 %", style));
    let file = svg_document(&document(&[], &labels, ""), &Palette::light());
    let elements = read(&file);
    let texts = elements.iter().filter(|one| one.name == "text");
    for (text, style) in texts.zip(STYLES) {
        assert_eq!(text.get("font-size").unwrap(), style.size_px().to_string());
        assert_eq!(text.get("text-anchor"), Some("end"));
        assert_eq!((text.get("x"), text.get("y")), (Some("12.35"), Some("20")));
        let (colour, weight) = match style {
            TextStyle::Faint => ("#60676d", "400"),
            TextStyle::Muted => ("#454c52", "400"),
            TextStyle::Plain => ("#14171a", "400"),
            TextStyle::TwinA => ("#1d65c8", "600"),
            TextStyle::TwinB => ("#ae4508", "600"),
            TextStyle::Inverse => ("#ffffff", "600"),
            _ => ("#14171a", "600"),
        };
        assert_eq!(text.get("fill"), Some(colour), "{style:?}");
        assert_eq!(text.get("font-weight"), Some(weight), "{style:?}");
    }
    // No caption, no room for one.
    assert_eq!(elements[0].get("viewBox"), Some("0 0 600 300"));
}

#[test]
fn a_long_caption_is_wrapped_and_an_endless_one_cut() {
    let long = "Blood oxygen of Maya and Leela ".repeat(8);
    let file = svg_document(&document(&[], &[], &long), &Palette::light());
    let elements = read(&file);
    let lines: Vec<&Element> = elements.iter().filter(|one| one.name == "text").collect();
    assert!(lines.len() > 1);
    let words: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.text.split_whitespace())
        .collect();
    assert_eq!(words, long.split_whitespace().collect::<Vec<_>>());
    let height: f64 = elements[0].get("height").unwrap().parse().unwrap();
    for line in lines {
        assert!(TextStyle::Muted.width_px(&line.text) <= 600.0);
        assert!(line.get("y").unwrap().parse::<f64>().unwrap() <= height - 2.0);
    }
    let endless = "word ".repeat(100_000);
    let file = svg_document(&document(&[], &[], &endless), &Palette::light());
    let lines = read(&file).iter().filter(|one| one.name == "text").count();
    assert_eq!(lines, 12);
}

#[test]
fn known_tables() {
    let rows = [
        [Cell::Text("10:35"), Cell::Number(-14.0), Cell::Text("=1+1")],
        [
            Cell::Empty,
            Cell::Number(f64::NAN),
            Cell::Text("Maya, \"M\""),
        ],
    ];
    assert_eq!(
        table(&["time", "difference", "-note"], rows),
        "time,difference,'-note\r\n10:35,-14,'=1+1\r\n,,\"Maya, \"\"M\"\"\"\r\n"
    );
    let ragged = [vec![Cell::Number(1.0)], vec![Cell::Number(1.0); 3]];
    assert_eq!(table(&["a", "b"], ragged), "a,b\r\n1,\r\n1,1\r\n");
}

fn hostile() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -1e3..1e3_f64,
        Just(f64::NAN),
        Just(f64::INFINITY)
    ]
}

fn words() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        any::<char>(),
        prop::sample::select(vec![
            '<', '>', '&', '"', '\'', ']', '\0', '\r', '\n', '\t', '\u{1b}', '\u{ffff}', '=', ',',
            ' '
        ])
    ];
    prop::collection::vec(letter, 0..20).prop_map(|letters| letters.into_iter().collect())
}

/// What can be written in XML 1.0 at all, by its production `Char`.
fn writable(text: &str) -> String {
    let is_char = |letter: char| {
        matches!(letter, '\u{9}' | '\u{a}' | '\u{d}' | '\u{20}'..='\u{d7ff}'
            | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
    };
    text.chars()
        .map(|letter| if is_char(letter) { letter } else { '\u{fffd}' })
        .collect()
}

proptest! {
    #[test]
    fn whatever_it_says_it_is_a_file(
        title in words(), told in words(), caption in words(),
        at in (hostile(), hostile()), size in (hostile(), hostile()), style in 0..10_usize,
    ) {
        let labels = [Label { x: at.0, y: at.1, ..label(&told, STYLES[style]) }];
        let far = Point::new(at.0, at.1);
        let shapes = [
            Shape::Disc { centre: far, radius_px: size.0, role: Role::TwinA },
            Shape::Fill { rect: Rect::around(far, size.1), role: Role::Band },
        ];
        let document = Document {
            size: Size { width_px: size.0, height_px: size.1 },
            shapes: &shapes,
            labels: &labels,
            title: &title,
            description: &told,
            caption: &caption,
        };
        let file = svg_document(&document, &Palette::light());
        prop_assert_eq!(writable(&file), file.clone());
        let elements = read(&file);
        prop_assert_eq!(&elements[1].text, &writable(&title));
        prop_assert_eq!(&elements[2].text, &writable(&told));
        let text = elements.iter().find(|one| one.name == "text").unwrap();
        prop_assert_eq!(&text.text, &writable(&told));
        for one in ["NaN", "inf"] {
            let attributes = || elements.iter().flat_map(|element| &element.attributes);
            prop_assert!(!attributes().any(|(_, value)| value.contains(one)), "{}", one);
        }
    }

    #[test]
    fn tables_are_read_back_and_nothing_is_a_formula(
        header in prop::collection::vec(words(), 2..5),
        rows in prop::collection::vec(prop::collection::vec((words(), hostile()), 0..6), 0..6),
    ) {
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        let cells: Vec<Vec<Cell<'_>>> = rows
            .iter()
            .map(|row| {
                let cells = row.iter().enumerate().map(|(index, (text, number))| {
                    if index % 2 == 0 { Cell::Text(text) } else { Cell::Number(*number) }
                });
                cells.collect()
            })
            .collect();
        let file = table(&names, &cells);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .terminator(csv::Terminator::CRLF)
            .from_reader(file.as_bytes());
        let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(lines.len(), rows.len() + 1);
        let is_formula = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        for (line, row) in lines[1..].iter().zip(&rows) {
            prop_assert_eq!(line.len(), header.len());
            for (index, field) in line.iter().enumerate() {
                match row.get(index) {
                    None => prop_assert_eq!(field, ""),
                    Some((text, _)) if index % 2 == 0 => {
                        prop_assert!(!is_formula(field));
                        prop_assert!(field == text || field.strip_prefix('\'') == Some(text));
                    }
                    Some((_, number)) if number.is_finite() => {
                        prop_assert_eq!(field.parse::<f64>().unwrap().to_bits(), number.to_bits());
                    }
                    Some(_) => prop_assert_eq!(field, ""),
                }
            }
        }
    }
}
