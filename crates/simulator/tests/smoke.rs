//! The twins can be read from end to end.

mod support;
use support::Lab;

#[tokio::test]
async fn every_collection_answers_for_both_twins() {
    let lab = Lab::new().await;
    for who in ["a", "b"] {
        let token = lab.token("oura", who).await;
        for collection in [
            "sleep",
            "daily_spo2",
            "daily_sleep",
            "daily_readiness",
            "daily_activity",
        ] {
            assert!(
                lab.all(collection, &token).await.len() >= 19,
                "{who} {collection}"
            );
        }
    }
}
