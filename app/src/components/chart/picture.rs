//! Text of a picture, as SVG.

use core::fmt::Write;

use chart::Label;
use chart::export::escaped;

/// The labels as `<text>` elements. A string, not elements of the page: a picture has hundreds, they
/// change with every frame, and nothing listens to them.
pub(crate) fn label_elements(labels: &[Label]) -> String {
    let mut out = String::with_capacity(labels.len() * 80);
    for label in labels {
        let (class, anchor) = (label.style.class(), label.anchor.id());
        let _ = write!(
            out,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">",
            px(label.x),
            px(label.y),
        );
        // Names and places are somebody's words: what has a meaning in markup has none in a text.
        out.push_str(&escaped(&label.text));
        out.push_str("</text>");
    }
    out
}

/// A length to a hundredth of a pixel.
pub(crate) fn px(length: f64) -> String {
    ((length * 100.0).round() / 100.0).to_string()
}

#[cfg(test)]
mod tests {
    use chart::{Anchor, TextStyle};

    use super::*;

    #[test]
    fn nobody_s_words_are_markup() {
        let label = Label {
            x: 1.001,
            y: 2.0,
            text: "</text><script>alert('1')</script> & \"x\"".to_owned(),
            anchor: Anchor::Start,
            style: TextStyle::Plain,
        };
        let text = label_elements(&[label]);
        assert_eq!(text.matches('<').count(), 2);
        assert!(
            text.starts_with("<text class=\"tw-plain\" x=\"1\" y=\"2\" text-anchor=\"start\">")
        );
        assert!(text.contains("&lt;/text&gt;&lt;script&gt;alert(&#39;1&#39;)"));
    }
}
