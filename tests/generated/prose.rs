//! Sentences about members and values, and their wrapping: what the generated files have in common.

use messenger_send::payload::spec::{Availability, Format, Kind, Limits, Source, Unit};

/// The lines of a declaration's documentation as paragraphs.
pub fn paragraphs(doc: &str) -> Vec<String> {
    doc.split("\n\n")
        .map(|part| {
            part.lines()
                .map(str::trim)
                .collect::<Vec<_>>()
                .join(" ")
                .trim()
                .to_owned()
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// The documentation in one line.
pub fn one_line(doc: &str) -> String {
    paragraphs(doc).join(" ")
}

/// What the limits add to the documentation of a member. What that says already is not said again.
pub fn limits(kind: &Kind, limits: &Limits, doc: &str) -> Vec<String> {
    let mut said = vec![];
    let mut say = |sentence: String| said.push(sentence);
    if let Some(sentence) = range(kind, limits, doc) {
        say(sentence);
    }
    if limits.instagram_max != 0 && !has_number(doc, limits.instagram_max) {
        let unit = if matches!(kind, Kind::Array(_)) {
            "items"
        } else {
            "bytes of UTF-8"
        };
        say(format!(
            "On Instagram at most {} {unit}.",
            limits.instagram_max
        ));
    }
    if let Some((said, sentence)) = format(limits.format)
        && !doc.contains(said)
    {
        say(sentence.to_owned());
    }
    if limits.decimals != u32::MAX && !doc.contains("decimal") {
        say(format!("At most {} decimals.", limits.decimals));
    }
    if let Some(sentence) = availability(limits)
        && !doc.contains("Instagram")
    {
        say(sentence.to_owned());
    }
    said
}

/// Where the platforms differ.
pub fn availability(limits: &Limits) -> Option<&'static str> {
    match limits.instagram {
        _ if limits.instagram_only => Some("Instagram only."),
        Availability::Yes => None,
        Availability::Undocumented => Some("Messenger only: not documented for Instagram."),
        Availability::Unavailable => Some("Messenger only: not available on Instagram."),
        Availability::Withdrawn(_) => Some("Messenger only: no longer available on Instagram."),
    }
}

/// The sentence of a deprecation.
pub fn deprecated(limits: &Limits) -> Option<String> {
    limits
        .deprecated
        .map(|(since, instead)| format!("Since {since}: use {instead}."))
}

/// The address and the date of a source, for machines and people.
pub fn source(source: &Source) -> String {
    format!("{} ({})", source.url, source.date)
}

fn range(kind: &Kind, limits: &Limits, doc: &str) -> Option<String> {
    let unit = match (kind, limits.unit) {
        (_, Some(unit)) => format!(" {}", unit.name()),
        (Kind::Array(_), _) => format!(" {}", Unit::Items.name()),
        (Kind::Integer | Kind::Number, _) => String::new(),
        _ => format!(" {}", Unit::Characters.name()),
    };
    let (min, max) = (limits.min, limits.max);
    let untold = max != u32::MAX && !has_number(doc, max);
    match (min, max) {
        (0, u32::MAX) => None,
        (1, u32::MAX) if unit.is_empty() => Some("At least 1.".to_owned()),
        (1, u32::MAX) => Some("Not empty.".to_owned()),
        (_, u32::MAX) => Some(format!("At least {min}{unit}.")),
        (0, _) => untold.then(|| format!("At most {max}{unit}.")),
        (1, 1) if matches!(kind, Kind::Array(_)) => Some("Exactly 1 item.".to_owned()),
        _ => untold.then(|| format!("{min} to {max}{unit}.")),
    }
}

/// The sentence of a format, after the words by which a documentation already says it.
fn format(format: Format) -> Option<(&'static str, &'static str)> {
    Some(match format {
        Format::Any => return None,
        Format::Url => ("https:", "An absolute URL; `https:` is recommended."),
        Format::Link => ("https:", "An absolute URL."),
        Format::HttpsUrl => ("https:", "An absolute URL that starts with `https:`."),
        Format::FacebookUrl => ("facebook.com", "A URL on facebook.com."),
        Format::Phone => ("`+", "`+`, then digits."),
        Format::PhoneAdvised => ("`+", "Such as `+1(212)555-2368`."),
        Format::DigitsAdvised | Format::Digits => ("digits", "Digits only."),
        Format::Identifier => ("underscores", "Letters, digits and underscores only."),
        Format::NoSpaces => ("spaces", "Without spaces."),
        Format::NoUrl => ("web address", "Without a web address."),
        Format::CountryCode => ("two letters", "Two letters, as in ISO 3166-1."),
        Format::CurrencyCode => (
            "three capital letters",
            "Three capital letters, as in ISO 4217.",
        ),
    })
}

fn has_number(doc: &str, number: u32) -> bool {
    let number = number.to_string();
    doc.split(|character: char| !character.is_ascii_digit())
        .any(|word| word == number)
}

/// Breaks a text into lines of at most so many characters.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A text as a cell of a table.
pub fn cell(text: &str) -> String {
    text.replace('|', "\\|")
        .replace('\n', " ")
        .replace('<', "&lt;")
}

/// A source as a link in a page.
pub fn link(source: &Source) -> String {
    let page = source
        .url
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    format!("[{page}]({}), {}", source.url, source.date)
}
