//! Buckets as few bytes: times as steps, values as whole numbers where they are decimals.
//!
//! Columns, one after the other: how many samples, when the first was, and for buckets of more than
//! one sample how long they last and where within that the extremes lie; then the values, each as a
//! difference from the one before it. A bucket of one sample has one value.
//!
//! What is read may be anything: nothing is allocated before the bytes for it are known to be there,
//! and what could not be a bucket is refused.

use super::Bucket;
use super::bytes::{Reader, Unreadable, write_signed, write_unsigned};
use crate::time::Timestamp;

/// Times are counted from `origin` in steps of `quantum_ms`, rounded down; with steps of 1 ms they
/// come back as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Where counting begins.
    pub origin: Timestamp,
    /// The step, ms, from 1.
    pub quantum_ms: i64,
}

/// How much of a value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Every bit.
    Double,
    /// What a 32-bit floating-point number holds, within its range.
    Single,
}

/// Decimals a value may have to be written as a whole number; beyond them it is written in full.
const DECIMALS: [f64; 4] = [1.0, 10.0, 100.0, 1_000.0];
/// Values are 32-bit floating-point numbers.
const SINGLE: u8 = 4;
/// Values are 64-bit floating-point numbers.
const DOUBLE: u8 = 5;
/// Whole numbers of values are smaller than this, so that differences are exact.
const LARGEST: f64 = (1_i64 << 50) as f64;

/// Which of the extremes came first.
const TOGETHER: u64 = 0;
const LOW_FIRST: u64 = 1;
const HIGH_FIRST: u64 = 2;

/// Appends buckets, in any order.
pub fn pack(buckets: &[Bucket], grid: Grid, precision: Precision, out: &mut Vec<u8>) {
    let many = || buckets.iter().filter(|bucket| bucket.count > 1);
    let step = |at: Timestamp| grid.step(at);
    write_unsigned(buckets.len() as u64, out);
    for bucket in buckets {
        write_unsigned(u64::from(bucket.count), out);
    }
    let mut before = 0;
    for bucket in buckets {
        let first = step(bucket.first_at);
        write_signed(first.wrapping_sub(before), out);
        before = first;
    }
    for bucket in many() {
        write_unsigned(distance(step(bucket.first_at), step(bucket.last_at)), out);
    }
    for bucket in many() {
        let order = match bucket.min_at.cmp(&bucket.max_at) {
            core::cmp::Ordering::Less => LOW_FIRST,
            core::cmp::Ordering::Equal => TOGETHER,
            core::cmp::Ordering::Greater => HIGH_FIRST,
        };
        out.push(order as u8);
        for at in [bucket.min_at, bucket.max_at] {
            write_unsigned(distance(step(bucket.first_at), step(at)), out);
        }
    }
    let form = form(buckets, precision);
    out.push(form);
    let mut before = 0;
    for bucket in buckets {
        for value in values(bucket) {
            write_value(value, form, &mut before, out);
        }
    }
}

/// Reads what [`pack`] wrote, `most` buckets at most.
///
/// # Errors
/// [`Unreadable`] where the bytes end early, or hold what could not be a bucket.
pub fn unpack(reader: &mut Reader<'_>, grid: Grid, most: usize) -> Result<Vec<Bucket>, Unreadable> {
    let length = usize::try_from(reader.unsigned()?).map_err(|_| Unreadable)?;
    // A bucket takes three bytes at least.
    if length > most || length > reader.0.len() / 3 {
        return Err(Unreadable);
    }
    let mut buckets = Vec::with_capacity(length);
    for _ in 0..length {
        let count = u32::try_from(reader.unsigned()?).map_err(|_| Unreadable)?;
        buckets.push(empty(count));
    }
    let mut step = 0_i64;
    for bucket in &mut buckets {
        step = step.wrapping_add(reader.signed()?);
        bucket.first_at = grid.at(step)?;
        bucket.last_at = bucket.first_at;
        (bucket.min_at, bucket.max_at) = (bucket.first_at, bucket.first_at);
    }
    for bucket in buckets.iter_mut().filter(|bucket| bucket.count > 1) {
        bucket.last_at = grid.after(bucket.first_at, reader.unsigned()?)?;
    }
    for bucket in buckets.iter_mut().filter(|bucket| bucket.count > 1) {
        let order = u64::from(reader.byte()?);
        bucket.min_at = grid.after(bucket.first_at, reader.unsigned()?)?;
        bucket.max_at = grid.after(bucket.first_at, reader.unsigned()?)?;
        part(bucket, order)?;
    }
    let form = reader.byte()?;
    let mut before = 0;
    for bucket in &mut buckets {
        bucket.first = read_value(reader, form, &mut before)?;
        (bucket.last, bucket.min, bucket.max) = (bucket.first, bucket.first, bucket.first);
        if bucket.count > 1 {
            bucket.min = read_value(reader, form, &mut before)?;
            bucket.max = read_value(reader, form, &mut before)?;
            bucket.last = read_value(reader, form, &mut before)?;
        }
        if !bucket.is_sound() {
            return Err(Unreadable);
        }
    }
    Ok(buckets)
}

/// Extremes that one step holds both, but that were apart, are apart again, by 1 ms.
fn part(bucket: &mut Bucket, order: u64) -> Result<(), Unreadable> {
    let (early, late) = match order {
        TOGETHER if bucket.min_at == bucket.max_at => return Ok(()),
        LOW_FIRST => (bucket.min_at, &mut bucket.max_at),
        HIGH_FIRST => (bucket.max_at, &mut bucket.min_at),
        _ => return Err(Unreadable),
    };
    if *late == early {
        late.0 = late.0.saturating_add(1);
        bucket.last_at = bucket.last_at.max(*late);
    }
    (early < *late).then_some(()).ok_or(Unreadable)
}

/// A bucket of so many samples, all else to be filled in.
const fn empty(count: u32) -> Bucket {
    let at = Timestamp(0);
    Bucket {
        first_at: at,
        last_at: at,
        min_at: at,
        max_at: at,
        first: 0.0,
        last: 0.0,
        min: 0.0,
        max: 0.0,
        count,
    }
}

impl Grid {
    const fn step(self, at: Timestamp) -> i64 {
        at.0.wrapping_sub(self.origin.0)
            .div_euclid(at_least_one(self.quantum_ms))
    }

    fn at(self, step: i64) -> Result<Timestamp, Unreadable> {
        if self.quantum_ms <= 1 {
            return Ok(Timestamp(self.origin.0.wrapping_add(step)));
        }
        let after_ms = step.checked_mul(self.quantum_ms);
        let at_ms = after_ms.and_then(|after_ms| self.origin.0.checked_add(after_ms));
        at_ms.map(Timestamp).ok_or(Unreadable)
    }

    fn after(self, first: Timestamp, steps: u64) -> Result<Timestamp, Unreadable> {
        let after_ms = i64::try_from(steps)
            .ok()
            .and_then(|steps| steps.checked_mul(at_least_one(self.quantum_ms)));
        let at_ms = after_ms.and_then(|after_ms| first.0.checked_add(after_ms));
        at_ms.map(Timestamp).ok_or(Unreadable)
    }
}

const fn at_least_one(quantum_ms: i64) -> i64 {
    if quantum_ms < 1 { 1 } else { quantum_ms }
}

const fn distance(from: i64, to: i64) -> u64 {
    to.wrapping_sub(from) as u64
}

/// One value, or first, lowest, highest and last.
fn values(bucket: &Bucket) -> impl Iterator<Item = f64> {
    let all = [bucket.first, bucket.min, bucket.max, bucket.last];
    all.into_iter().take(if bucket.count > 1 { 4 } else { 1 })
}

/// The form all values can be written in without losing what is to be kept.
fn form(buckets: &[Bucket], precision: Precision) -> u8 {
    let full = |value: f64| match precision {
        Precision::Double => value.to_bits(),
        Precision::Single => u64::from((value as f32).to_bits()),
    };
    let fits = |scale: f64| {
        buckets.iter().flat_map(values).all(|value| {
            let whole = (value * scale).round();
            whole.abs() < LARGEST && full(whole as i64 as f64 / scale) == full(value)
        })
    };
    let decimals = DECIMALS.iter().position(|scale| fits(*scale));
    let full = match precision {
        Precision::Double => DOUBLE,
        Precision::Single => SINGLE,
    };
    decimals.map_or(full, |decimals| decimals as u8)
}

fn write_value(value: f64, form: u8, before: &mut i64, out: &mut Vec<u8>) {
    match (DECIMALS.get(usize::from(form)), form) {
        (Some(scale), _) => {
            let whole = (value * scale).round() as i64;
            write_signed(whole - *before, out);
            *before = whole;
        }
        (None, SINGLE) => {
            let value = value.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32;
            out.extend(value.to_le_bytes());
        }
        (None, _) => out.extend(value.to_le_bytes()),
    }
}

fn read_value(reader: &mut Reader<'_>, form: u8, before: &mut i64) -> Result<f64, Unreadable> {
    match (DECIMALS.get(usize::from(form)), form) {
        (Some(scale), _) => {
            *before = before.checked_add(reader.signed()?).ok_or(Unreadable)?;
            Ok(*before as f64 / scale)
        }
        (None, SINGLE) => Ok(f64::from(f32::from_le_bytes(reader.bytes()?))),
        (None, DOUBLE) => Ok(f64::from_le_bytes(reader.bytes()?)),
        (None, _) => Err(Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bucket::aggregate;
    use crate::series::SeriesPoint;

    const EXACT: Grid = Grid {
        origin: Timestamp(-1_000),
        quantum_ms: 1,
    };

    fn packed(buckets: &[Bucket], grid: Grid, precision: Precision) -> Vec<u8> {
        let mut bytes = Vec::new();
        pack(buckets, grid, precision, &mut bytes);
        bytes
    }

    fn buckets(level: u8) -> impl Strategy<Value = Vec<Bucket>> {
        let value = prop_oneof![
            (-200_i32..200).prop_map(f64::from),
            (-20_000_i32..20_000).prop_map(|v| f64::from(v) / 100.0),
            any::<f64>(),
            Just(-0.0),
        ];
        let step = prop_oneof![Just(0_i64), 1_i64..50, 1_i64..1_000_000];
        prop::collection::vec((step, value), 0..80).prop_map(move |steps| {
            let mut at_ms = -500_000;
            let points = steps.into_iter().map(|(step, value)| {
                at_ms += step;
                SeriesPoint {
                    at: Timestamp(at_ms),
                    value,
                }
            });
            aggregate(points, level)
        })
    }

    fn bits(buckets: &[Bucket]) -> Vec<(Bucket, [u64; 4])> {
        let bits = |b: &Bucket| [b.first, b.last, b.min, b.max].map(f64::to_bits);
        buckets
            .iter()
            .map(|bucket| (*bucket, bits(bucket)))
            .collect()
    }

    proptest! {
        #[test]
        fn every_bit_comes_back(buckets in buckets(5)) {
            let bytes = packed(&buckets, EXACT, Precision::Double);
            let mut reader = Reader(&bytes);
            let back = unpack(&mut reader, EXACT, 1_000).unwrap();
            prop_assert_eq!(bits(&back), bits(&buckets));
            prop_assert_eq!(reader.end(), Ok(()));
        }

        #[test]
        fn other_bytes_are_refused_or_read_as_sound(
            bytes in prop::collection::vec(any::<u8>(), 0..200), quantum_ms in 0_i64..5_000,
        ) {
            let grid = Grid { origin: Timestamp(i64::MAX - 10_000), quantum_ms };
            if let Ok(read) = unpack(&mut Reader(&bytes), grid, 64) {
                prop_assert!(read.len() <= 64 && read.iter().all(Bucket::is_sound));
            }
        }

        #[test]
        fn damaged_bytes_are_refused_or_read_as_sound(
            buckets in buckets(8), place in any::<prop::sample::Index>(), byte in any::<u8>(),
        ) {
            let mut bytes = packed(&buckets, EXACT, Precision::Double);
            let place = place.index(bytes.len());
            bytes[place] = byte;
            if let Ok(read) = unpack(&mut Reader(&bytes), EXACT, 1_000) {
                prop_assert!(read.iter().all(Bucket::is_sound));
            }
            prop_assert!(unpack(&mut Reader(&bytes[..place]), EXACT, 1_000).is_err());
        }
    }

    #[test]
    fn a_heart_rate_takes_few_bytes() {
        let points = (0..512).map(|index| SeriesPoint {
            at: Timestamp(index * 300_000),
            value: 60.0 + (index % 9) as f64,
        });
        let buckets = aggregate(points, 9);
        let bytes = packed(&buckets, EXACT, Precision::Double);
        assert!(bytes.len() < 512 * 6, "{}", bytes.len());
    }

    #[test]
    fn lengths_are_not_believed() {
        let mut bytes = Vec::new();
        write_unsigned(u64::MAX, &mut bytes);
        assert!(unpack(&mut Reader(&bytes), EXACT, usize::MAX).is_err());
    }
}
