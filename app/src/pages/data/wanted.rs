//! What the address asks the data page to show.

use leptos_router::params::ParamsMap;
use views::data::DataFilter;

use crate::components::{RangeAddress, WantedRange, parameter};

/// The filter and the page shown, and what was wrong with those asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// The range, as its control needs it.
    pub range: WantedRange,
    /// The whole filter, range included.
    pub filter: DataFilter,
    /// Which page, from 1.
    pub page: u32,
    filter_problems: Vec<&'static str>,
}

/// What narrows the table, but for the range.
const NAMES: [&str; 4] = ["twin", "metrics", "source", "show"];

impl Wanted {
    /// What makes no sense falls back to the default and says so.
    pub fn from_query(query: &ParamsMap) -> Self {
        let range = WantedRange::from_query(query);
        let named: Vec<(&str, String)> = NAMES
            .into_iter()
            .flat_map(|name| {
                let values = query.get_all(name).unwrap_or_default();
                values.into_iter().map(move |value| (name, value))
            })
            .collect();
        let pairs = named.iter().map(|(name, value)| (*name, value.as_str()));
        let (filter, filter_problems) = DataFilter::from_pairs(pairs);
        let page = parameter(query, "page").and_then(|page| page.parse().ok());
        Self {
            filter: DataFilter {
                range: range.range,
                ..filter
            },
            range,
            page: page.unwrap_or(1).max(1),
            filter_problems,
        }
    }

    /// What is wrong with the address, in sentences.
    pub fn problems(&self) -> Vec<String> {
        let filter = self.filter_problems.iter().map(|line| (*line).to_owned());
        self.range.sentence().into_iter().chain(filter).collect()
    }
}

/// The addresses of the page with another range.
pub(super) fn addresses(filter: &DataFilter) -> RangeAddress {
    RangeAddress {
        path: "/data",
        rest: filter.pairs(),
    }
}

/// The address of a page of the table.
pub(super) fn page(filter: &DataFilter, page: u32) -> String {
    format!("/data?{}&page={page}", filter.query())
}

#[cfg(test)]
mod tests {
    use physiology::{Metric, Twin};
    use views::overview::RangeChoice;

    use super::*;
    use crate::testing::query;

    #[test]
    fn nothing_asked_is_the_first_page_of_the_trip() {
        let plain = Wanted::from_query(&query(&[]));
        assert_eq!((plain.filter, plain.page), (DataFilter::default(), 1));
    }

    #[test]
    fn the_form_and_the_links_mean_the_same() {
        let form = Wanted::from_query(&query(&[
            ("range", "7d"),
            ("twin", "b"),
            ("metrics", "steps"),
            ("metrics", "spo2_night"),
            ("source", ""),
        ]));
        assert_eq!(form.filter.range, RangeChoice::Week);
        assert_eq!(form.filter.twin, Some(Twin::B));
        assert_eq!(form.filter.metrics, [Metric::Spo2Night, Metric::Steps]);
        let address = page(&form.filter, 2);
        assert_eq!(
            address,
            "/data?range=7d&twin=b&metrics=spo2_night,steps&page=2"
        );
        let linked = Wanted::from_query(&query(&[
            ("range", "7d"),
            ("twin", "b"),
            ("metrics", "spo2_night,steps"),
            ("page", "2"),
        ]));
        assert_eq!((linked.filter, linked.page), (form.filter, 2));
    }

    #[test]
    fn nonsense_is_told() {
        let wanted =
            Wanted::from_query(&query(&[("range", "soon"), ("twin", "c"), ("page", "-7")]));
        assert_eq!((wanted.filter, wanted.page), (DataFilter::default(), 1));
    }
}
