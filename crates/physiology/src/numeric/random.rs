//! Chance that repeats itself.

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): 64 bits of state, whole numbers only, so that
/// browser and server draw the same. Good for resampling; not for secrets.
#[derive(Debug, Clone)]
pub(crate) struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// A sequence that depends on `seed` alone.
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub(crate) const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound` − 1; 0 where `bound` is 0. The high half of the product (Lemire,
    /// ACM TOMACS 2019) without its rejection step: the bias is under `bound`/2⁶⁴.
    pub(crate) const fn below(&mut self, bound: usize) -> usize {
        ((self.next() as u128 * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence() {
        // The sequence of seed 1234567, as the reference implementation prints it.
        let mut random = SplitMix64::new(1_234_567);
        let drawn: Vec<u64> = (0..5).map(|_| random.next()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        );
    }

    #[test]
    fn every_number_below_the_bound_comes_up() {
        let mut random = SplitMix64::new(1);
        let mut seen = [0_usize; 7];
        for _ in 0..7_000 {
            seen[random.below(7)] += 1;
        }
        // 1,000 ± 29 are expected; five of those deviations are allowed.
        assert!(
            seen.iter().all(|count| (855..1_145).contains(count)),
            "{seen:?}"
        );
        assert_eq!(random.below(0), 0);
    }
}
