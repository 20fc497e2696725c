//! What needs action now, the most urgent first.

use leptos::prelude::*;
use physiology::alarm::Spo2Rule;
use views::head::AlarmLine;

use crate::components::{Fresh, PrioritySign, TwinMark};
use crate::format::ago;

/// A strip for every alarm. What ages stands outside the alert, so that it is read out once.
#[component]
pub(super) fn Alarms(alarms: Memo<Vec<AlarmLine>>, fresh: Fresh) -> impl IntoView {
    move || {
        let alarms = alarms.get();
        let of = alarms.len();
        let strip = move |(index, alarm)| {
            view! { <Strip alarm number=index + 1 of fresh /> }
        };
        (of > 0).then(|| {
            view! {
                <section class="alarms" aria-label="Alarms">
                    {alarms.into_iter().enumerate().map(strip).collect_view()}
                </section>
            }
        })
    }
}

#[component]
fn Strip(alarm: AlarmLine, number: usize, of: usize, fresh: Fresh) -> impl IntoView {
    let priority = alarm.priority;
    let metric = alarm.metric;
    let written = metric.written(fresh.units.get());
    let limit = written.limit(alarm.limit);
    let rule = match alarm.rule {
        Spo2Rule::Limit => format!("is below the {limit} limit"),
        Spo2Rule::Expected => format!("is below the {limit} expected at this altitude"),
    };
    let detail = move || {
        let local = fresh.local();
        format!(
            "{} nightly average to {}, received {}, {}",
            alarm.source.name(),
            local.time_or_date(alarm.measured_at),
            local.time_or_date(alarm.received_at),
            ago(local.now, alarm.received_at),
        )
    };
    view! {
        <div class=format!("alarm alarm-{}", priority.id())>
            <div class="alarm-main" role="alert" data-priority=priority.id()>
                <span class="alarm-block">
                    <PrioritySign priority />
                    <b>{priority.name()}</b>
                </span>
                <span class="alarm-who">
                    <TwinMark twin=alarm.twin />
                    <b>{alarm.name}</b>
                </span>
                <span class="alarm-what">
                    {metric.info().name} " " <b>{written.with_unit(alarm.value)}</b> " " {rule}
                </span>
            </div>
            <p class="alarm-detail">{detail}</p>
            {(of > 1)
                .then(|| {
                    view! {
                        <p class="alarm-count">
                            <span class="hidden">"Alarm "</span>
                            {number}
                            " of "
                            {of}
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}
