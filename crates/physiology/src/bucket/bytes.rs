//! Whole numbers as few bytes, and reading them back from bytes that may be anything.

/// The bytes are not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are not packed buckets")]
pub struct Unreadable;

/// A whole number, seven bits a byte.
pub fn write_unsigned(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A whole number of either sign: the nearer to zero, the shorter.
pub fn write_signed(number: i64, out: &mut Vec<u8>) {
    write_unsigned(((number << 1) ^ (number >> 63)) as u64, out);
}

/// What is left to be read.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

impl Reader<'_> {
    /// The next byte.
    pub fn byte(&mut self) -> Result<u8, Unreadable> {
        let (first, rest) = self.0.split_first().ok_or(Unreadable)?;
        self.0 = rest;
        Ok(*first)
    }

    /// What [`write_unsigned`] wrote.
    pub fn unsigned(&mut self) -> Result<u64, Unreadable> {
        let mut number = 0;
        for place in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << place >> place != bits {
                return Err(Unreadable);
            }
            number |= bits << place;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Unreadable)
    }

    /// What [`write_signed`] wrote.
    pub fn signed(&mut self) -> Result<i64, Unreadable> {
        let bits = self.unsigned()?;
        Ok((bits >> 1) as i64 ^ -((bits & 1) as i64))
    }

    /// Refuses bytes behind the end.
    pub const fn end(self) -> Result<(), Unreadable> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Unreadable)
        }
    }

    /// The next so many bytes.
    pub(super) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(Unreadable)?;
        self.0 = rest;
        Ok(*bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_overlong_ones_are_refused() {
        for number in [0, 1, -1, 63, -64, 64, 1 << 40, i64::MAX, i64::MIN] {
            let mut bytes = Vec::new();
            write_signed(number, &mut bytes);
            write_unsigned(number as u64, &mut bytes);
            let mut reader = Reader(&bytes);
            assert_eq!(reader.signed(), Ok(number));
            assert_eq!(reader.unsigned(), Ok(number as u64));
            assert_eq!(reader.end(), Ok(()));
            assert_eq!(reader.byte(), Err(Unreadable));
        }
        assert!(Reader(&[0xff; 11]).unsigned().is_err());
        let last = |byte| [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, byte];
        assert_eq!(Reader(&last(1)).unsigned(), Ok(u64::MAX));
        assert!(Reader(&last(2)).unsigned().is_err());
    }
}
