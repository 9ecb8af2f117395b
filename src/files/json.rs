//! Writing JSON into bytes.

use crate::text::Span;

/// A string.
pub fn string(text: &str, out: &mut Vec<u8>) {
    // Writing into memory fails for no text.
    let _ = serde_json::to_writer(out, text);
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
