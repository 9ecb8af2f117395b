//! Writing JSON into bytes.

use crate::text::Span;

/// A string. Most of a text needs no escapes and is copied as it is, block by block.
pub fn string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let mut from = 0;
    while let Some(at) = next_escaped(bytes, from) {
        out.extend_from_slice(&bytes[from..at]);
        match bytes[at] {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            c @ (b'"' | b'\\') => out.extend_from_slice(&[b'\\', c]),
            c => out.extend_from_slice(format!("\\u{c:04x}").as_bytes()),
        }
        from = at + 1;
    }
    out.extend_from_slice(&bytes[from..]);
    out.push(b'"');
}

/// The first byte from `from` on that JSON escapes in a string.
#[allow(clippy::needless_bitwise_bool)] // lazy operators would make branches, and no vector instructions
fn next_escaped(bytes: &[u8], from: usize) -> Option<usize> {
    /// As many bytes as are asked at once: the compiler makes vector instructions of it.
    const BLOCK: usize = 32;
    let escaped = |c: u8| (c < 0x20) | (c == b'"') | (c == b'\\');
    let mut at = from;
    for block in bytes[from..].chunks(BLOCK) {
        if block.iter().fold(false, |any, &c| any | escaped(c)) {
            return block.iter().position(|&c| escaped(c)).map(|place| at + place);
        }
        at += BLOCK;
    }
    None
}

/// A string or `null`.
pub fn optional(text: Option<&str>, out: &mut Vec<u8>) {
    match text {
        Some(text) => string(text, out),
        None => out.extend_from_slice(b"null"),
    }
}

/// A comma before all but the first.
pub fn comma(first: &mut bool, out: &mut Vec<u8>) {
    if !std::mem::take(first) {
        out.push(b',');
    }
}

/// A list of whatever `write` writes.
pub fn list<T>(items: &[T], out: &mut Vec<u8>, mut write: impl FnMut(&T, &mut Vec<u8>)) {
    out.push(b'[');
    let mut first = true;
    for item in items {
        comma(&mut first, out);
        write(item, out);
    }
    out.push(b']');
}

/// A span as `[start,end]`.
pub fn pair(span: Span, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("[{},{}]", span.start, span.end).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_read_back_as_it_was() {
        let every: String = (0..0x3000).filter_map(char::from_u32).chain(['😀']).collect();
        for text in ["", "\"", "سطر\nسطر \\ \u{0}", &every, &every[1..]] {
            let mut out = b"x".to_vec();
            string(text, &mut out);
            assert_eq!(serde_json::from_slice::<String>(&out[1..]).unwrap(), text);
        }
    }
}
