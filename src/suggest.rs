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

/// The Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
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
