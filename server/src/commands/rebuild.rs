//! `acclimate rebuild`

use services::Viewer;

use crate::config::StoreArgs;

#[expect(clippy::print_stdout, reason = "the command's answer")]
pub(crate) async fn run(args: StoreArgs) -> anyhow::Result<()> {
    let services = super::account::offline(&args.database_url).await?;
    let rebuilt = services.rebuild(&Viewer::System).await?;
    println!(
        "Derived {} days of {} subjects again.",
        rebuilt.days, rebuilt.subjects
    );
    Ok(())
}
