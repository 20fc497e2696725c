//! `GET /tiles/{subject}/{line}/{level}/{index}?rev=N`: a stretch of a line, to be drawn.
//!
//! Whoever asks with the line's present revision may keep the answer for good: the next revision has
//! another address. It is kept for the session's cookie alone, so that after signing out the
//! browser's cache answers nobody.

use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use physiology::SubjectId;
use services::{Error, LineTile, Viewer};
use views::tiles::LineId;

use super::refused;
use crate::state::AppState;

/// A tile's address: subject, line, level and index, as they came.
type Address = (String, String, String, String);

/// `GET /tiles/{subject}/{line}/{level}/{index}`
pub(crate) async fn tile(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path(address): Path<Address>,
    RawQuery(query): RawQuery,
) -> Response {
    let asked = match asked(&address) {
        Ok(asked) => asked,
        Err(error) => return refused(&error),
    };
    let (subject, line, level, index) = asked;
    match state
        .services
        .tile(&viewer, subject, line, level, index)
        .await
    {
        Ok(tile) => answer(&tile, revision(query.as_deref())),
        Err(error) => refused(&error),
    }
}

fn asked((subject, line, level, index): &Address) -> Result<(SubjectId, LineId, u8, i64), Error> {
    let number = || Error::Invalid("Levels and places are whole numbers.".into());
    Ok((
        subject.parse().map_err(|_| Error::NotFound("twin"))?,
        line.parse().map_err(|_| Error::NotFound("line"))?,
        level.parse().map_err(|_| number())?,
        index.parse().map_err(|_| number())?,
    ))
}

/// The revision a query names; nonsense is none.
fn revision(query: Option<&str>) -> Option<u64> {
    let mut pairs = url::form_urlencoded::parse(query?.as_bytes());
    let (_, number) = pairs.find(|(name, _)| name == "rev")?;
    number.parse().ok()
}

fn answer(tile: &LineTile, asked: Option<u64>) -> Response {
    let kept = if asked == Some(tile.revision) {
        "private, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, kept),
        (header::VARY, "Cookie"),
    ];
    (headers, tile.tile.encode()).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use physiology::{Metric, SeriesKind};

    use super::*;

    fn address(text: &str) -> Address {
        let mut parts = text.split('/').map(str::to_owned);
        let mut next = || parts.next().unwrap();
        (next(), next(), next(), next())
    }

    #[test]
    fn an_address_names_a_tile() {
        let heart = LineId::Series(SeriesKind::HeartRate);
        let spo2 = LineId::Daily(Metric::Spo2Night);
        assert_eq!(
            asked(&address("2/s.heart_rate/9/-13")),
            Ok((SubjectId(2), heart, 9, -13))
        );
        assert_eq!(
            asked(&address("1/d.spo2_night/13/0")),
            Ok((SubjectId(1), spo2, 13, 0))
        );
    }

    #[test]
    fn nonsense_is_refused() {
        let status = |text| refused(&asked(&address(text)).unwrap_err()).status();
        for text in ["x/s.met/9/0", "1/s.mood/9/0", "1/met/9/0", "/s.met/9/0"] {
            assert_eq!(status(text), StatusCode::NOT_FOUND, "{text}");
        }
        for text in [
            "1/s.met/-1/0",
            "1/s.met/256/0",
            "1/s.met/9/0.5",
            "1/s.met/9/9223372036854775808",
        ] {
            assert_eq!(status(text), StatusCode::BAD_REQUEST, "{text}");
        }
    }

    #[test]
    fn only_the_present_revision_is_kept_and_for_one_session_alone() {
        let tile = LineTile {
            revision: 7,
            tile: chart::Tile {
                level: 9,
                index: -1,
                buckets: vec![],
            },
        };
        for (query, is_kept) in [
            (Some("rev=7"), true),
            (Some("a=b&rev=7"), true),
            (Some("rev=6"), false),
            (Some("rev=8"), false),
            (Some("rev="), false),
            (Some("rev=7x"), false),
            (Some(""), false),
            (None, false),
        ] {
            let response = answer(&tile, revision(query));
            let headers = response.headers();
            let expected = if is_kept {
                "private, max-age=31536000, immutable"
            } else {
                "no-store"
            };
            assert_eq!(headers[header::CACHE_CONTROL], expected, "{query:?}");
            assert_eq!(headers[header::VARY], "Cookie");
            assert_eq!(headers[header::CONTENT_TYPE], "application/octet-stream");
        }
    }
}
