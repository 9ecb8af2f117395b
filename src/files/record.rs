//! One record of JSONL: which fields it has and where they stand. Only the fields that are asked for are read; all
//! others are checked for their JSON and stay the bytes that they are.

use super::rejects::Reason;
use crate::suggest;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A record, its fields in the order of the line.
pub struct Record<'a> {
    line: &'a str,
    fields: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> Record<'a> {
    /// Reads the line of one record, without its line break.
    ///
    /// # Errors
    /// Why it is none, in words for a person.
    pub fn read(line: &'a [u8]) -> Result<Self, Reason> {
        let text = simdutf8::basic::from_utf8(line).map_err(|_| not_utf8(line))?;
        let json = text.trim_ascii();
        match json.as_bytes().first() {
            Some(b'{') => {}
            None => return Err("a blank line".into()),
            first if serde_json::from_str::<IgnoredAny>(json).is_ok() => {
                return Err(format!("{}, not an object", kind_of(first)).into());
            }
            Some(_) => return Err("not JSON: a record begins with {".into()),
        }
        let Fields(fields) = serde_json::from_str(text).map_err(|error| not_json(&error))?;
        Ok(Self { line: text, fields })
    }

    /// The raw JSON of the field, or `None` where the record has none of this name.
    ///
    /// # Errors
    /// It has two: readers of JSON differ in which they believe.
    fn raw(&self, name: &str) -> Result<Option<&'a str>, Reason> {
        let mut named = self.fields.iter().filter(|(field, _)| field == name).map(|(_, raw)| *raw);
        match (named.next(), named.next()) {
            (raw, None) => Ok(raw),
            _ => Err(format!("the field \"{name}\" stands there twice").into()),
        }
    }

    /// The text of a field that must be there, and its raw JSON.
    ///
    /// # Errors
    /// There is no such field, or it is not text.
    pub fn text(&self, name: &str) -> Result<(Cow<'a, str>, &'a str), Reason> {
        let Some(raw) = self.raw(name)? else {
            let names: Vec<_> = self.fields.iter().take(SHOWN).map(|(field, _)| field.as_ref()).collect();
            let more = if self.fields.len() > SHOWN { ", …" } else { "" };
            let there = format!(" (there are: {}{more}){}", names.join(", "), suggest::guess(name, &names));
            return Err(Reason::new(format!("no field \"{name}\""), there));
        };
        match raw.as_bytes().first() {
            Some(b'"') => {}
            kind => return Err(format!("the field \"{name}\" is {}, not a string", kind_of(kind)).into()),
        }
        let text = decoded(raw).ok_or_else(|| {
            let kind = format!("the field \"{name}\" holds half of a surrogate pair");
            Reason::new(kind, " (an escape such as \\ud800), which is no text")
        })?;
        Ok((text, raw))
    }

    /// The text of a field that may be missing, `null` or something else than text.
    pub fn hint(&self, name: &str) -> Option<Cow<'a, str>> {
        let raw = self.raw(name).ok()??;
        raw.starts_with('"').then(|| decoded(raw)).flatten()
    }

    /// Whether the record has a field of this name.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// Writes the line with the JSON of a field replaced.
    pub fn write_replaced(&self, raw: &str, by: impl FnOnce(&mut Vec<u8>), out: &mut Vec<u8>) {
        let Range { start, end } = self.place(raw);
        out.extend_from_slice(&self.line.as_bytes()[..start]);
        by(out);
        out.extend_from_slice(&self.line.as_bytes()[end..]);
    }

    /// Writes the line as it is.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.line.as_bytes());
    }

    /// Writes the line with `members` (`"name":value`, parted by commas) behind its last field, and without the field
    /// whose JSON is `dropped`.
    pub fn write_extended(&self, members: &[u8], dropped: Option<&str>, out: &mut Vec<u8>) {
        let line = self.line.as_bytes();
        let end = self.fields.last().map_or(0, |(_, raw)| self.place(raw).end);
        let gone = dropped.map(|raw| self.member(raw));
        let gone_from = gone.as_ref().map_or(end, |gone| gone.start);
        out.extend_from_slice(&line[..gone_from]);
        if let Some(gone) = gone {
            out.extend_from_slice(&line[gone.end..end]);
        }
        if !members.is_empty() && self.fields.len() > usize::from(dropped.is_some()) {
            out.push(b',');
        }
        out.extend_from_slice(members);
        out.extend_from_slice(&line[end..]);
    }

    /// Where the raw JSON of a field stands in the line.
    fn place(&self, raw: &str) -> Range<usize> {
        let start = raw.as_ptr() as usize - self.line.as_ptr() as usize;
        start..start + raw.len()
    }

    /// Where the field with this raw JSON stands with its name and one comma.
    fn member(&self, raw: &str) -> Range<usize> {
        let line = self.line.as_bytes();
        let at = self.fields.iter().position(|(_, other)| std::ptr::eq(*other, raw)).unwrap_or(0);
        let value = self.place(raw);
        if at > 0 {
            return self.place(self.fields[at - 1].1).end..value.end;
        }
        let quote = |from: usize| memchr::memchr(b'"', &line[from..]).map_or(value.end, |quote| from + quote);
        quote(0)..if self.fields.len() > 1 { quote(value.end) } else { value.end }
    }
}

/// How many names of a record's fields a message lists.
const SHOWN: usize = 12;

/// The text of a JSON string, or `None` where half a surrogate pair is escaped in it.
fn decoded(raw: &str) -> Option<Cow<'_, str>> {
    serde_json::from_str(raw).ok().map(|Name(text)| text)
}

fn kind_of(first: Option<&u8>) -> &'static str {
    match first {
        Some(b'n') => "null",
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "true or false",
        _ => "a number",
    }
}

fn not_utf8(line: &[u8]) -> Reason {
    let at = std::str::from_utf8(line).map_or_else(|error| error.valid_up_to(), str::len);
    let byte = line.get(at).copied().unwrap_or_default();
    let hint = if line.contains(&0) { "; UTF-16? convert it: iconv -f UTF-16 -t UTF-8" } else { "" };
    Reason::new("not valid UTF-8", format!(" (0x{byte:02x} at byte {at} of the record){hint}"))
}

fn not_json(error: &serde_json::Error) -> Reason {
    if error.is_eof() {
        return Reason::new("truncated JSON", ": the line ends inside the record");
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let place = format!(" at byte {} of the record", error.column().saturating_sub(1));
    Reason::new(format!("not JSON: {message}"), place)
}

struct Fields<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::with_capacity(SHOWN);
                while let Some(Name(name)) = map.next_key()? {
                    fields.push((name, map.next_value::<&RawValue>()?.get()));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// A string, borrowed where nothing in it is escaped.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Record<'_> {
        Record::read(line.as_bytes()).unwrap_or_else(|reason| panic!("{line}: {reason}"))
    }

    fn reason(line: &[u8]) -> String {
        Record::read(line).err().unwrap_or_default().to_string()
    }

    fn extended(line: &str, members: &str, drop: bool) -> String {
        let record = read(line);
        let (_, raw) = record.text("t").unwrap();
        let mut out = Vec::new();
        record.write_extended(members.as_bytes(), drop.then_some(raw), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_the_field_that_is_replaced_changes() {
        let line =
            "{ \"n\" : 123456789012345678901.50e+3,\"a\\u0301\":\"\\u0627\\/\", \"t\":\"x\\n\" ,\"d\":[1 ,{}]}\r";
        let record = read(line);
        let (text, raw) = record.text("t").unwrap();
        assert_eq!(text, "x\n");
        let mut out = Vec::new();
        record.write_replaced(raw, |out| out.extend_from_slice(b"\"y\""), &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), line.replace("\"x\\n\"", "\"y\""));
    }

    #[test]
    fn fields_are_added_behind_the_last() {
        assert_eq!(extended(r#"{"t": "x", "n": 1}"#, "\"b\":2", false), r#"{"t": "x", "n": 1,"b":2}"#);
        assert_eq!(extended("{\"t\":\"x\" } \r", "\"b\":2", false), "{\"t\":\"x\",\"b\":2 } \r");
    }

    #[test]
    fn the_text_is_dropped_with_its_comma() {
        assert_eq!(extended(r#"{"t": "x", "n": 1}"#, "\"b\":2", true), r#"{"n": 1,"b":2}"#);
        assert_eq!(extended(r#"{"n": 1, "t": "x"}"#, "\"b\":2", true), r#"{"n": 1,"b":2}"#);
        assert_eq!(extended(r#"{"n": 1, "t": "x", "m": 2}"#, "\"b\":2", true), r#"{"n": 1, "m": 2,"b":2}"#);
        assert_eq!(extended(r#"{"t": "x"}"#, "\"b\":2", true), r#"{"b":2}"#);
        assert_eq!(extended(r#"{"t": "x"}"#, "", true), r"{}");
    }

    #[test]
    fn what_is_no_record_is_told_why() {
        assert_eq!(reason(b""), "a blank line");
        assert_eq!(reason(b" \r"), "a blank line");
        assert_eq!(reason(b"[1]"), "an array, not an object");
        assert_eq!(reason(b"null"), "null, not an object");
        assert_eq!(reason(b" \"x\""), "a string, not an object");
        assert_eq!(reason(b"text"), "not JSON: a record begins with {");
        assert!(reason(br#"{"t": "x"#).starts_with("truncated JSON"));
        assert!(reason(br#"{"t": "x""#).starts_with("truncated JSON"));
        assert!(reason(br#"{"t": "x"} {"t": "y"}"#).contains("trailing characters at byte 11"));
        assert!(reason(br#"{"t": NaN}"#).starts_with("not JSON: "));
        assert!(reason(b"{\"t\": \"\xd8\"}").starts_with("not valid UTF-8 (0xd8 at byte 7"));
    }

    #[test]
    fn a_text_must_be_text_and_stand_once() {
        let text = |line| read(line).text("t").map(|(text, _)| text.into_owned()).map_err(|reason| reason.to_string());
        assert_eq!(text(r#"{"t": "\ud83d\ude00"}"#).unwrap(), "😀");
        assert!(text(r#"{"t": "a\ud800b"}"#).unwrap_err().contains("surrogate"));
        assert!(text(r#"{"t": null}"#).unwrap_err().contains("is null"));
        assert!(text(r#"{"t": 3}"#).unwrap_err().contains("is a number"));
        assert!(text(r#"{"body": "x", "n": 1}"#).unwrap_err().contains("no field \"t\" (there are: body, n)"));
        assert!(text(r#"{"t": "a", "t": "b"}"#).unwrap_err().contains("twice"));
        assert_eq!(text(r#"{"n": 1, "n": 2, "\u0074": "x"}"#).unwrap(), "x");
    }

    #[test]
    fn a_hint_that_is_no_text_is_none() {
        let record = read(r#"{"a": "x", "b": null, "c": ["y"], "d": "\ud800"}"#);
        assert_eq!(record.hint("a").as_deref(), Some("x"));
        for name in ["b", "c", "d", "e"] {
            assert_eq!(record.hint(name), None);
        }
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let line = format!("{{\"t\":\"x\",\"d\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(read(&line).text("t").unwrap().0, "x");
    }
}
