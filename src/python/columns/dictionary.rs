//! Dictionaries: values that became equal are one value again.

use super::build::{Bits, Build, Strings, TooLong, record};
use crate::python::arrow::{Array, Index, Memory, Type};
use std::collections::HashMap;
use std::sync::Arc;

/// The array in which row `n` has the value at `codes[n]`; values that no row has are dropped. `values` are of the layout `Large`.
pub fn unify(values: &Strings, codes: &[Option<usize>], kind: Type) -> Result<Array, TooLong> {
    let Type::Dictionary(index, _, layout) = kind else { return Err(TooLong) };
    let mut unique = Strings::new(layout, values.len(), 0);
    let mut known: HashMap<&[u8], u64> = HashMap::new();
    let mut seen: Vec<Option<u64>> = vec![None; values.len()];
    let mut valid = Bits::default();
    let mut numbers = Vec::with_capacity(codes.len());
    for code in codes {
        let text = code.and_then(|at| Some((at, values.get(at)?)));
        valid.push(text.is_some());
        numbers.push(text.map_or(0, |(at, text)| {
            *seen[at].get_or_insert_with(|| {
                *known.entry(text).or_insert_with(|| {
                    unique.write(text.len(), |data| data.extend_from_slice(text));
                    unique.len() as u64 - 1
                })
            })
        }));
    }
    if unique.len() as u64 > index.max().saturating_add(1) {
        return Err(TooLong);
    }
    let dictionary = Some(Arc::new(unique.finish()?));
    Ok(Array { buffers: vec![packed(&numbers, index)], dictionary, ..record(valid, kind, Vec::new()) })
}

/// The codes in the integers of the type. Signed or not makes no difference to a code that fits.
fn packed(numbers: &[u64], index: Index) -> Box<dyn Memory> {
    match index.bytes {
        1 => Box::new(numbers.iter().map(|&n| n as u8).collect::<Vec<_>>()),
        2 => Box::new(numbers.iter().map(|&n| n as u16).collect::<Vec<_>>()),
        4 => Box::new(numbers.iter().map(|&n| n as u32).collect::<Vec<_>>()),
        _ => Box::new(numbers.to_vec()),
    }
}
