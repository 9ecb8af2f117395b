//! Dates as newspapers write them: Gregorian under every name of the months, Hijri by the calendar of Umm al-Qura.
//!
//! Numbers alone are read day, month, year unless that cannot be; where both calendars stand the Gregorian one counts.
//! A date that does not exist is none. Hijri years from 1300 to 1600 are known as such; the conversion is the published
//! calendar's for 1420 to 1450 and may be a day off elsewhere.
use icu_calendar::cal::Hijri;

use super::{Date, Time};
use crate::boilerplate::Rules;
use crate::boilerplate::facts::{self, DateWord, gap};
use crate::text::{Span, Text};

/// What a date line says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub date: Option<Date>,
    pub time: Option<Time>,
    /// The date's words, from the first that belongs to it to the last.
    pub raw: Option<Span>,
}

type Word = (DateWord, Span, u8, Vec<u8>);

/// Reads the first date in `span`.
pub fn read<T: Text>(text: T, span: Span, rules: &Rules) -> Reading {
    let words = unglued(facts::date(text, span, rules));
    let (date, used) = day(&words);
    let clock = clock(&words);
    let mut all: Vec<usize> = used;
    all.extend(clock.as_ref().map(|c| c.1.clone()).unwrap_or_default());
    let raw = all.iter().min().zip(all.iter().max()).map(|(&a, &b)| {
        let first = if a > 0 && matches!(words[a - 1].0, DateWord::Weekday(_)) { a - 1 } else { a };
        let end = words[b].1.end;
        let end = facts::date_end(text, Span::new(end, span.end), rules).unwrap_or(end);
        Span::new(words[first].1.start, end)
    });
    let time = clock.and_then(|c| c.0);
    Reading { date, time: date.and(time), raw }
}

/// The words with every year parted from the hour that a scraper glued to it: `8 مايو 202411:34`.
fn unglued(words: Vec<Word>) -> Vec<Word> {
    let mut out = Vec::with_capacity(words.len() + 1);
    let mut words = words.into_iter().peekable();
    while let Some((word, span, before, spelled)) = words.next() {
        let clock = words.peek().is_some_and(|next| next.2 == gap::COLON);
        match word {
            DateWord::Number(n, digits @ (5 | 6)) if clock && span.len() == digits => {
                let cut = span.start + 4;
                let (year, hour) = spelled.split_at(4);
                let scale = 10u32.pow(u32::try_from(digits - 4).unwrap_or(0));
                out.push((DateWord::Number(n / scale, 4), Span::new(span.start, cut), before, year.to_vec()));
                let number = DateWord::Number(n % scale, digits - 4);
                out.push((number, Span::new(cut, span.end), gap::SPACE, hour.to_vec()));
            }
            _ => out.push((word, span, before, spelled)),
        }
    }
    out
}

/// The day, and the words that name it.
fn day(words: &[Word]) -> (Option<Date>, Vec<usize>) {
    let mut used = Vec::new();
    let (mut gregorian, mut hijri) = (None, None);
    let mut at = 0;
    while at < words.len() {
        if gregorian.is_none()
            && let Some((date, taken)) = named(words, at)
        {
            used.extend(taken);
            gregorian = Some(date);
        } else if hijri.is_none()
            && let Some((date, taken)) = named_hijri(words, at)
        {
            used.extend(taken);
            hijri = Some(date);
        } else if let Some((numbers, end)) = joined(words, at) {
            match numeric(numbers) {
                Numeric::Gregorian(date) if gregorian.is_none() => {
                    used.extend(at..end);
                    gregorian = Some(date);
                }
                Numeric::Hijri(date) if hijri.is_none() => {
                    used.extend(at..end);
                    hijri = Some(date);
                }
                Numeric::None => {
                    at += 1;
                    continue;
                }
                _ => {}
            }
            at = end;
            continue;
        }
        at += 1;
    }
    (gregorian.flatten().or(hijri.flatten()), used)
}

fn number(words: &[Word], at: usize) -> Option<(u32, usize)> {
    match words.get(at)?.0 {
        DateWord::Number(n, digits) => Some((n, digits)),
        _ => None,
    }
}

/// The index of the next word that is no filler (an ordinal's ending, a second name of the month, `هـ`).
fn next(words: &[Word], at: usize) -> usize {
    let mut at = at;
    while at < words.len() && matches!(words[at].0, DateWord::Word | DateWord::Month(_)) && at + 1 < words.len() {
        if words[at].3.len() > 4 && matches!(words[at].0, DateWord::Word) {
            break;
        }
        at += 1;
    }
    at
}

/// A date with the month's name at `words[at]`: day before or behind it, then the year.
fn named(words: &[Word], at: usize) -> Option<(Option<Date>, Vec<usize>)> {
    let DateWord::Month(month) = words[at].0 else { return None };
    around(words, at, |year, day| date(year, u32::from(month), day), 1900..=2100)
}

fn named_hijri(words: &[Word], at: usize) -> Option<(Option<Date>, Vec<usize>)> {
    let DateWord::Hijri(month) = words[at].0 else { return None };
    around(words, at, |year, day| from_hijri(year, u32::from(month), day), 1300..=1600)
}

fn around(
    words: &[Word],
    at: usize,
    make: impl Fn(u32, u32) -> Option<Date>,
    years: std::ops::RangeInclusive<u32>,
) -> Option<(Option<Date>, Vec<usize>)> {
    let before = previous_number(words, at);
    let behind = next(words, at + 1);
    let day_before = before.filter(|&(_, n, digits)| digits <= 2 && n <= 31);
    if let Some((day_at, day, _)) = day_before
        && let Some((year, 4)) = number(words, behind)
        && years.contains(&year)
    {
        return Some((make(year, day), (day_at..=behind).collect()));
    }
    // "April 12, 2025"
    if let Some((day, 1 | 2)) = number(words, behind) {
        let year_at = next(words, behind + 1);
        if let Some((year, 4)) = number(words, year_at)
            && years.contains(&year)
            && words[year_at].2 & gap::COLON == 0
        {
            return Some((make(year, day), (at..=year_at).collect()));
        }
    }
    None
}

fn previous_number(words: &[Word], at: usize) -> Option<(usize, u32, usize)> {
    let mut i = at;
    for _ in 0..3 {
        i = i.checked_sub(1)?;
        match words[i].0 {
            DateWord::Number(n, digits) => return Some((i, n, digits)),
            DateWord::Word if words[i].3.len() <= 3 => {}
            _ => return None,
        }
    }
    None
}

/// Three numbers joined by strokes, dots or dashes.
fn joined(words: &[Word], at: usize) -> Option<([(u32, usize); 3], usize)> {
    let numbers = [number(words, at)?, number(words, at + 1)?, number(words, at + 2)?];
    let joint = |i: usize| words[i].2 & (gap::SLASH | gap::DASH | gap::STOP) != 0 && words[i].2 & gap::COLON == 0;
    (joint(at + 1) && joint(at + 2)).then_some((numbers, at + 3))
}

enum Numeric {
    Gregorian(Option<Date>),
    Hijri(Option<Date>),
    None,
}

/// Day, month, year or year, month, day; the other way only where a month would be none.
fn numeric(numbers: [(u32, usize); 3]) -> Numeric {
    let ([(year, 4), (second, 1 | 2), (third, 1 | 2)] | [(third, 1 | 2), (second, 1 | 2), (year, 4)]) = numbers else {
        return Numeric::None;
    };
    let (month, day) = if second > 12 && third <= 12 { (third, second) } else { (second, third) };
    match year {
        1300..=1600 => Numeric::Hijri(from_hijri(year, month, day)),
        1900..=2100 => Numeric::Gregorian(date(year, month, day)),
        _ => Numeric::None,
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let small = |n: u32| u8::try_from(n).ok();
    (1..=days)
        .contains(&day)
        .then(|| Some(Date { year: u16::try_from(year).ok()?, month: small(month)?, day: small(day)? }))
        .flatten()
}

fn from_hijri(year: u32, month: u32, day: u32) -> Option<Date> {
    let small = |n: u32| u8::try_from(n).ok();
    let hijri = icu_calendar::Date::try_new_hijri_with_calendar(
        i32::try_from(year).ok()?,
        small(month)?,
        small(day)?,
        Hijri::new_umm_al_qura(),
    )
    .ok()?;
    let iso = hijri.to_calendar(icu_calendar::Iso);
    let year = u32::try_from(iso.year().extended_year()).ok()?;
    date(year, u32::from(iso.month().ordinal), u32::from(iso.day_of_month().0))
}

/// The day in the Hijri calendar: year, month, day.
pub fn to_hijri(date: Date) -> Option<(u32, u8, u8)> {
    let iso = icu_calendar::Date::try_new_iso(i32::from(date.year), date.month, date.day).ok()?;
    let hijri = iso.to_calendar(Hijri::new_umm_al_qura());
    let year = u32::try_from(hijri.year().extended_year()).ok()?;
    Some((year, hijri.month().ordinal, hijri.day_of_month().0))
}

/// The time of day and the words that say it; the time is none where no zone is stated.
fn clock(words: &[Word]) -> Option<(Option<Time>, Vec<usize>)> {
    let at = (1..words.len()).find(|&i| {
        words[i].2 == gap::COLON
            && number(words, i).is_some_and(|n| n.1 == 2)
            && number(words, i - 1).is_some_and(|n| n.1 <= 2)
    })?;
    let (mut hour, _) = number(words, at - 1)?;
    let (minute, _) = number(words, at)?;
    let mut end = at + 1;
    let mut second = 0;
    if let Some((n, 2)) = number(words, end)
        && words[end].2 == gap::COLON
    {
        second = n;
        end += 1;
    }
    let mut used: Vec<usize> = (at - 1..end).collect();
    let mut offset = None;
    for (i, word) in words.iter().enumerate().skip(end).take(6) {
        if matches!(word.0, DateWord::Number(..)) && offset.is_none() && word.2 & (gap::DASH | gap::SPACE) == 0 {
            continue;
        }
        match half(&word.3) {
            Some(Half::Evening) if hour < 12 => hour += 12,
            Some(Half::Morning) if hour == 12 => hour = 0,
            Some(_) => {}
            None => match zone(&word.3) {
                Some(minutes) => offset = Some(minutes + shift(words, i)),
                None if matches!(word.0, DateWord::Word) && word.3.len() <= 8 => continue,
                None => break,
            },
        }
        used.push(i);
    }
    let small = |n: u32, most: u32| (n <= most).then(|| u8::try_from(n).ok()).flatten();
    let time = small(hour, 23)
        .zip(small(minute, 59))
        .zip(small(second, 59))
        .zip(offset)
        .map(|(((hour, minute), second), offset)| Time { hour, minute, second, offset });
    Some((time, used))
}

/// `+3` behind `GMT`.
fn shift(words: &[Word], zone: usize) -> i16 {
    match words.get(zone + 1) {
        Some((DateWord::Number(n, 1 | 2), _, sign, _)) if *sign == gap::OTHER => i16::try_from(*n).unwrap_or(0) * 60,
        _ => 0,
    }
}

enum Half {
    Morning,
    Evening,
}

fn half(word: &[u8]) -> Option<Half> {
    use crate::boilerplate::facts::spells;
    const MORNING: [&str; 4] = ["ص", "صباحا", "am", "فجرا"];
    const EVENING: [&str; 5] = ["م", "مساء", "pm", "ظهرا", "عصرا"];
    if MORNING.iter().any(|w| spells(w, word)) {
        Some(Half::Morning)
    } else if EVENING.iter().any(|w| spells(w, word)) {
        Some(Half::Evening)
    } else {
        None
    }
}

/// Minutes east of UTC of a zone's word.
fn zone(word: &[u8]) -> Option<i16> {
    use crate::boilerplate::facts::spells;
    const ZONES: [(&str, i16); 10] = [
        ("gmt", 0),
        ("utc", 0),
        ("z", 0),
        ("غرينتش", 0),
        ("جرينتش", 0),
        ("غرينيتش", 0),
        ("مكة", 180),
        ("ت", 180),
        ("الرياض", 180),
        ("السعودية", 180),
    ];
    ZONES.iter().find(|z| spells(z.0, word)).map(|z| z.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(text: &str) -> Option<(u16, u8, u8)> {
        read(text, text.span(), Rules::standard()).date.map(|d| (d.year, d.month, d.day))
    }

    #[test]
    fn months_are_known_under_all_their_names() {
        for text in
            ["3 كانون الثاني 2021", "3 يناير 2021", "3 جانفي 2021", "٣ كانون الثاني/يناير ٢٠٢١", "January 3rd, 2021"]
        {
            assert_eq!(day_of(text), Some((2021, 1, 3)), "{text}");
        }
        assert_eq!(day_of("30 غشت 2020"), Some((2020, 8, 30)));
        assert_eq!(day_of("24th, May 2024 GMT"), Some((2024, 5, 24)));
        assert_eq!(day_of("أكتوبر 14, 2025"), Some((2025, 10, 14)));
    }

    #[test]
    fn a_day_has_one_name_in_each_calendar() {
        let read = |text: &str| read(text, text.span(), Rules::standard()).date;
        for (hijri, text) in [((1445, 5, 8), "8 جمادى الأولى 1445 هـ"), ((1446, 9, 1), "1 رمضان 1446 هـ")]
        {
            assert_eq!(read(text).and_then(Date::hijri), Some(hijri), "{text}");
        }
    }

    #[test]
    fn numbers_are_day_month_year_unless_that_cannot_be() {
        assert_eq!(day_of("5/6/2023"), Some((2023, 6, 5)));
        assert_eq!(day_of("2023-06-05"), Some((2023, 6, 5)));
        assert_eq!(day_of("6/25/2023"), Some((2023, 6, 25)));
    }

    #[test]
    fn hijri_days_are_converted_and_a_gregorian_one_beside_them_counts() {
        assert_eq!(day_of("1 محرم 1446 هـ"), Some((2024, 7, 7)));
        assert_eq!(day_of("2 محرم 1446 هـ الموافق 8 يوليو 2024 م"), Some((2024, 7, 8)));
    }

    #[test]
    fn a_day_that_does_not_exist_is_none_and_keeps_its_words() {
        let text = "31 شباط 2020";
        let reading = read(text, text.span(), Rules::standard());
        assert_eq!(reading.date, None);
        assert_eq!(reading.raw, Some(text.span()));
    }

    #[test]
    fn a_time_counts_only_with_its_zone() {
        let of = |text: &str| read(text, text.span(), Rules::standard()).time.map(|t| (t.hour, t.minute, t.offset));
        assert_eq!(of("3 يناير 2021 07:30 م بتوقيت غرينتش"), Some((19, 30, 0)));
        assert_eq!(of("3 يناير 2021 07:30 م"), None);
    }
}
