//! The table of daily values: what a filter selects, page by page, as CSV and as JSON, and how
//! complete it is.

mod coverage;
mod csv;
mod json;
mod select;

use physiology::{DayRange, Metric};
use store::Viewer;
use views::PageHead;
use views::data::{DataFilter, DataRow, DataView};

use self::select::Selection;
use crate::{Error, Services, shown};

/// Rows of a page.
const PAGE_ROWS: usize = 100;

/// Rows of the table, to be taken away.
#[derive(Debug, Clone, PartialEq)]
pub struct DataTable {
    /// The days they are of.
    pub days: DayRange,
    /// The twins' names, A first.
    pub names: [String; 2],
    /// The rows, newest first.
    pub rows: Vec<DataRow>,
}

impl Services {
    /// One page of the table, from 1, and how complete the chosen metrics are. A page beyond the
    /// last is the last.
    pub async fn data(
        &self,
        viewer: &Viewer,
        filter: &DataFilter,
        page: u32,
    ) -> Result<DataView, Error> {
        self.selected(viewer, filter, |selection, days, head| {
            let rows = selection.rows();
            let total = rows.len();
            let pages = total.div_ceil(PAGE_ROWS).max(1);
            let page = (page.max(1) as usize).min(pages);
            DataView {
                head,
                days,
                rows: page_of(rows, page),
                total: count(total),
                page: count(page),
                pages: count(pages),
                coverage: coverage::of(selection),
            }
        })
        .await
    }

    /// The rows a filter selects: one page of them as [`Services::data`] shows it, or all.
    pub async fn data_table(
        &self,
        viewer: &Viewer,
        filter: &DataFilter,
        page: Option<u32>,
    ) -> Result<DataTable, Error> {
        self.selected(viewer, filter, |selection, days, head| {
            let rows = selection.rows();
            DataTable {
                days,
                names: head.names,
                rows: match page {
                    Some(page) => page_of(rows, page.max(1) as usize),
                    None => rows,
                },
            }
        })
        .await
    }

    /// Lends what a filter selects, with the days asked for and the page's head.
    async fn selected<R>(
        &self,
        viewer: &Viewer,
        filter: &DataFilter,
        read: impl FnOnce(&Selection<'_>, DayRange, PageHead) -> R + Send,
    ) -> Result<R, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        // Every metric: what a vendor has ever served tells why a day is missing.
        let metrics = Metric::ALL.iter().copied();
        let known = self.known(&visible, &pair, metrics).await?;
        let (record, local) = (known.record(&pair), &known.local);
        let days = shown::range(&record, filter.range, local);
        let selection = Selection::new(&record, &known.readings, filter, days, local.today);
        Ok(read(&selection, days, known.head(viewer, &record)))
    }
}

/// The rows of a page, from 1.
fn page_of(rows: Vec<DataRow>, page: usize) -> Vec<DataRow> {
    rows.into_iter()
        .skip((page - 1).saturating_mul(PAGE_ROWS))
        .take(PAGE_ROWS)
        .collect()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
