//! A table as CSV, by RFC 4180, as the product's other tables are: lines end with CR and LF, UTF-8
//! without a byte order mark, and no text that a spreadsheet would take for a formula.

/// What is in a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A number, unrounded: the shortest decimal that reads back to the same bits. Empty where it
    /// is not finite.
    Number(f64),
    /// Nothing: what is missing.
    Empty,
}

/// A header and a line a row. Rows may be shorter or longer than the header; they are as wide as
/// it is when written, so that every line has as many fields.
pub fn table<'a, R>(header: &[&str], rows: impl IntoIterator<Item = R>) -> String
where
    R: AsRef<[Cell<'a>]>,
{
    let mut out = String::new();
    line(&mut out, header.iter().map(|name| Cell::Text(name)));
    for row in rows {
        let cells = row.as_ref().iter().copied();
        let padded = cells.chain(core::iter::repeat(Cell::Empty));
        line(&mut out, padded.take(header.len()));
    }
    out
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = Cell<'a>>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        match cell {
            Cell::Text(text) => field(out, &harmless(text)),
            Cell::Number(number) if number.is_finite() => out.push_str(&number.to_string()),
            Cell::Number(_) | Cell::Empty => {}
        }
    }
    out.push_str("\r\n");
}

/// Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe. Numbers
/// are not text, and keep their minus.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn field(out: &mut String, text: &str) {
    if text.contains([',', '"', '\r', '\n']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}
