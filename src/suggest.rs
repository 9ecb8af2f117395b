//! What was probably meant: the nearest of the names that exist, for messages about one that does not.

/// `option='value': expected one of 'a', 'b', 'c' (did you mean 'b'?)`.
#[must_use]
pub fn unknown_value(option: &str, value: &str, choices: &[&str]) -> String {
    format!("{option}='{value}': expected one of {}{}", listed(choices), guess(value, choices))
}

/// The choices as a message lists them: `'a', 'b', 'c'`.
#[must_use]
pub fn listed(choices: &[&str]) -> String {
    let quoted: Vec<String> = choices.iter().map(|choice| format!("'{choice}'")).collect();
    quoted.join(", ")
}

/// ` (did you mean 'b'?)`, or nothing where no choice is near.
#[must_use]
pub fn guess(value: &str, choices: &[&str]) -> String {
    nearest(value, choices).map_or_else(String::new, |meant| format!(" (did you mean '{meant}'?)"))
}

/// The choice that is fewest edits away from `value`, if it is near enough to be meant.
#[must_use]
pub fn nearest<'a>(value: &str, choices: &[&'a str]) -> Option<&'a str> {
    const LONGEST: usize = 64;
    if value.len() > LONGEST {
        return None;
    }
    let folded = value.to_lowercase().replace('-', "_");
    let (distance, choice) =
        choices.iter().map(|&choice| (distance(&folded, &choice.to_lowercase().replace('-', "_")), choice)).min()?;
    (distance <= choice.chars().count().max(3) / 3).then_some(choice)
}

/// How many letters must be typed, deleted, changed or swapped with their neighbour to get from `a` to `b`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let changed = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            let swapped = if swapped { before[j - 2] + 1 } else { usize::MAX };
            next.push(changed.min(swapped).min(row[j] + 1).min(next[j - 1] + 1));
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_guessed() {
        let choices = ["dateline", "byline", "teh_marbuta"];
        assert_eq!(nearest("datelin", &choices), Some("dateline"));
        assert_eq!(nearest("teh-marbuta", &choices), Some("teh_marbuta"));
        assert_eq!(nearest("Byline", &choices), Some("byline"));
        assert_eq!(nearest("nwes", &["news", "none"]), Some("news"));
    }

    #[test]
    fn what_resembles_nothing_is_not() {
        assert_eq!(nearest("xyz", &["dateline", "byline"]), None);
        assert_eq!(nearest("", &["news"]), None);
        assert_eq!(nearest(&"x".repeat(1000), &["news"]), None);
    }

    #[test]
    fn the_message_names_option_value_choices_and_guess() {
        let message = unknown_value("alef", "fld", &["fold", "keep"]);
        assert_eq!(message, "alef='fld': expected one of 'fold', 'keep' (did you mean 'fold'?)");
    }
}
