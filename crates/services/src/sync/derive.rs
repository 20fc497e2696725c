//! From kept documents to readings, series and workouts.

use physiology::{Day, SubjectId};
use store::{DailyReading, DerivedDay, Document, Series, Viewer};
use upstream::Collection;

use crate::{Error, Services};

/// Days derived in one transaction.
const DAYS_AT_ONCE: usize = 32;

/// Derives anew what the documents of these days of a collection say.
pub(crate) async fn derive_days(
    services: &Services,
    subject: SubjectId,
    collection: Collection,
    days: &[Option<Day>],
) -> Result<(), Error> {
    let visible = Viewer::System.may_see(&[subject]);
    let (vendor, id) = (collection.vendor(), collection.id());
    for chunk in days.chunks(DAYS_AT_ONCE) {
        let mut derived = Vec::with_capacity(chunk.len());
        for &day in chunk {
            let documents = services
                .store()
                .documents_of_day(&visible, subject, vendor, id, day)
                .await?;
            derived.push(derive_day(subject, collection, day, &documents));
        }
        services.store().put_derived(&derived).await?;
    }
    Ok(())
}

/// Pure: the same documents give the same rows, today and in a rebuild.
fn derive_day(
    subject: SubjectId,
    collection: Collection,
    day: Option<Day>,
    documents: &[Document],
) -> DerivedDay {
    let bodies: Vec<(String, &str)> = documents
        .iter()
        .map(|doc| (doc.key.key.clone(), doc.body.as_str()))
        .collect();
    let derived = upstream::derive(collection, day, &bodies);
    let received_at = |key: &str| {
        documents
            .iter()
            .find(|document| document.key.key == key)
            .or(documents.last())
            .map(|document| document.received_at)
            .unwrap_or_default()
    };
    DerivedDay {
        subject,
        vendor: collection.vendor(),
        collection: collection.id().to_owned(),
        day,
        readings: derived
            .readings
            .into_iter()
            .map(|reading| DailyReading {
                subject,
                metric: reading.metric,
                day: reading.day,
                measurement: reading.measurement,
                received_at: received_at(&reading.document),
                document: reading.document,
            })
            .collect(),
        series: derived
            .series
            .into_iter()
            .map(|series| Series {
                subject,
                kind: series.kind,
                source: series.source,
                document: series.document,
                local_clock: series.local_clock,
                points: series.points,
            })
            .collect(),
        workouts: derived.workouts,
        clocks: derived.offsets,
        malformed: derived.malformed,
    }
}
