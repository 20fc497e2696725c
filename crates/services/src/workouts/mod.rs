//! Workouts: the week of both twins, one workout, and the load they add up to.

mod cell;
pub(crate) mod figures;
mod load;
mod sheet;
mod stage;
mod trace;
pub(crate) mod twin;
mod week;

use physiology::{Day, DayRange, Metric, SeriesKind, SubjectId, Twin};
use store::{Pair, Series, Viewer};
use views::workouts::{ActivityFilter, NamedWorkout, OneWorkout, Sheet, Workouts};

use self::sheet::{Side, sheet, time_of};
use self::twin::TwinWorkouts;
use crate::record::{Local, Record};
use crate::{Error, Services, notes};

/// What the page of a week is asked to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WorkoutsQuery {
    /// A day of the week; the present one's where none is named.
    pub week: Option<Day>,
    /// The day the table opens onto, and whose week is shown.
    pub day: Option<Day>,
    /// Which workouts are shown.
    pub filter: ActivityFilter,
}

/// What is known of a day and its load beside the workouts themselves.
const METRICS: [Metric; 3] = [
    Metric::TrainingLoad,
    Metric::RestingHeartRate,
    Metric::Steps,
];

/// How far back workouts are looked at for what is highest, days.
const LOOK_BACK_DAYS: i64 = 400;

impl Services {
    /// A week of both twins, the day it opens onto, and the load of the last months.
    pub async fn workouts(&self, viewer: &Viewer, query: WorkoutsQuery) -> Result<Workouts, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let known = self.known(&visible, &pair, METRICS).await?;
        let (record, local) = (known.record(&pair), &known.local);
        // The day before the week: an address may come from somebody whose weeks begin elsewhere.
        let of = query.day.or(query.week).unwrap_or(local.today);
        let week_start = viewer.units().week_start;
        let week = week_start.week_of(of);
        let twins = self.twins(viewer, &pair, week, local).await?;

        let days = week::days(&record, &twins, &known, week, query.filter);
        let day = query.day.or_else(|| week::newest_with_workouts(&days));
        let sheet = match day {
            Some(day) => {
                let sides = Twin::BOTH.map(|twin| Side {
                    workouts: twins[index(twin)].of_day(day, query.filter),
                    none: week::cell_of(&days, twin, day).and_then(|cell| cell.none),
                });
                Some(self.sheet(viewer, &record, &twins, day, sides).await?)
            }
            None => None,
        };
        Ok(Workouts {
            head: known.head(viewer, &record),
            week: week_start.name_of(of),
            trip_week: week::of_trip(&record, week_start, week),
            filter: query.filter,
            totals: Twin::BOTH.map(|twin| twins[index(twin)].totals(week.days(), query.filter)),
            compared: week::compared(&twins, &days, query.filter),
            days,
            sheet,
            loads: load::history(&record, local),
        })
    }

    /// One workout, and beside it the other twin's of that day; none where the viewer sees no workout
    /// of this name.
    pub async fn workout(&self, viewer: &Viewer, id: &str) -> Result<OneWorkout, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let known = self.known(&visible, &pair, METRICS).await?;
        let (record, local) = (known.record(&pair), &known.local);
        let today = DayRange::new(local.today, local.today);
        let twins = self.twins(viewer, &pair, today, local).await?;
        let head = known.head(viewer, &record);
        let mut of_this_name = Twin::BOTH
            .into_iter()
            .filter_map(|twin| Some((twin, twins[index(twin)].named(id)?)));
        let Some((twin, workout)) = of_this_name.next() else {
            return Ok(OneWorkout {
                head,
                workout: None,
            });
        };
        let other = &twins[index(twin.other())];
        let day = workout.day;
        let mut sides = Twin::BOTH.map(|_| Side {
            workouts: vec![workout],
            none: None,
        });
        let week = viewer.units().week_start.week_of(day);
        let days = week::days(&record, &twins, &known, week, ActivityFilter::All);
        sides[index(twin.other())] = Side {
            workouts: other.beside(workout),
            none: week::cell_of(&days, twin.other(), day).and_then(|cell| cell.none),
        };
        let name = twins[index(twin)].name(workout);
        let sheet = self.sheet(viewer, &record, &twins, day, sides).await?;
        let workout = Some(NamedWorkout {
            twin,
            id: name,
            sheet,
        });
        Ok(OneWorkout { head, workout })
    }

    /// Both twins' workouts, A first: those of the last year and more, and those of these days.
    pub(crate) async fn twins(
        &self,
        viewer: &Viewer,
        pair: &Pair,
        days: DayRange,
        local: &Local,
    ) -> Result<[TwinWorkouts; 2], Error> {
        let visible = viewer.may_see(&pair.ids());
        let range = DayRange::new(
            days.first.min(local.today.plus(-LOOK_BACK_DAYS)),
            // A watch in another zone may be a day ahead.
            days.last.max(local.today.plus(1)),
        );
        let records = self.store().workouts(&visible, range).await?;
        Ok(Twin::BOTH.map(|twin| TwinWorkouts::new(pair.of(twin).id, &records)))
    }

    async fn sheet(
        &self,
        viewer: &Viewer,
        record: &Record<'_>,
        twins: &[TwinWorkouts; 2],
        day: Day,
        sides: [Side<'_>; 2],
    ) -> Result<Sheet, Error> {
        let [a, b] = record.pair.ids();
        let series = [
            self.heart_rates(viewer, a, day).await?,
            self.heart_rates(viewer, b, day).await?,
        ];
        let mut sheet = sheet(record, twins, day, &sides, &series);
        if sheet.from_s < sheet.to_s {
            sheet.notes = self.notes_of(viewer, record.pair, time_of(&sheet)).await?;
            sheet.may_note = notes::may_note(viewer);
        }
        Ok(sheet)
    }

    /// Heart rate recorded in workouts around a day: a local day touches three of UTC.
    async fn heart_rates(
        &self,
        viewer: &Viewer,
        subject: SubjectId,
        day: Day,
    ) -> Result<Vec<Series>, Error> {
        let visible = viewer.may_see(&[subject]);
        let days = DayRange::new(day.plus(-1), day.plus(1));
        let kind = SeriesKind::WorkoutHeartRate;
        Ok(self.store().series(&visible, subject, kind, days).await?)
    }
}

/// A twin's place in arrays of both, A first.
pub(crate) const fn index(twin: Twin) -> usize {
    match twin {
        Twin::A => 0,
        Twin::B => 1,
    }
}
