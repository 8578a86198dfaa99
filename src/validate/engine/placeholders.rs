//! Unfilled placeholders of template engines: `{{name}}`, `${name}`.

use super::Engine;
use super::location::Location;
use crate::json::{Read, Text};
use crate::validate::catalogue::UNFILLED_PLACEHOLDER;
use crate::validate::finding::Finding;

/// The maximum length of a placeholder, in bytes.
const LONGEST: usize = 60;

impl Engine<'_, '_> {
    /// Warns about a placeholder in a text that people see.
    #[cold]
    pub(super) fn check_placeholder(&mut self, location: &Location<'_>, text: &str) -> Read<()> {
        let Some(placeholder) = find_placeholder(text) else {
            return Ok(());
        };
        let rule = &UNFILLED_PLACEHOLDER;
        let name = location.member.name;
        let message = format_args!("{name} has the unfilled placeholder {placeholder}.");
        self.keep(Finding::of_rule(rule, &message), location.path)
    }
}

/// Whether a text may contain a placeholder. Most cannot.
#[inline(always)]
pub(super) fn may_have_placeholder(text: Text<'_>) -> bool {
    text.escaped || text.has_byte(b'{')
}

/// The first placeholder in a text.
fn find_placeholder(text: &str) -> Option<&str> {
    let starts = text.match_indices('{').map(|(start, _)| start);
    starts
        .into_iter()
        .find_map(|start| placeholder_at(text, start))
}

/// The placeholder whose first brace is at `start`.
fn placeholder_at(text: &str, start: usize) -> Option<&str> {
    let end_of_longest = text.len().min(start + LONGEST);
    let bytes = text.as_bytes().get(start..end_of_longest)?;
    let close = bytes.iter().position(|byte| *byte == b'}')?;
    let (from, to) = match bytes {
        [b'{', b'{', ..] if close > 2 && bytes.get(close + 1) == Some(&b'}') => {
            (start, start + close + 2)
        }
        // `${5}` is a price.
        [b'{', letter, ..] if letter.is_ascii_alphabetic() || *letter == b'_' => {
            let dollar = start.checked_sub(1)?;
            if text.as_bytes().get(dollar) != Some(&b'$') {
                return None;
            }
            (dollar, start + close + 1)
        }
        _ => return None,
    };
    text.get(from..to)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn finds_the_placeholders_of_template_engines() {
        for (text, placeholder) in [
            ("Hi {{name}}!", Some("{{name}}")),
            ("{{ user.first_name }}", Some("{{ user.first_name }}")),
            ("Hi ${name}", Some("${name}")),
            ("a { b {{c}}", Some("{{c}}")),
            ("{{{raw}}}", Some("{{{raw}}")),
            ("{{}}", None),
            ("{name}", None),
            ("${5} off", None),
            ("{{é", None),
            ("{ { a } }", None),
            ("", None),
        ] {
            assert_eq!(find_placeholder(text), placeholder, "{text}");
        }
        assert_eq!(
            find_placeholder(&format!("{{{{{}}}}}", "x".repeat(LONGEST - 4))).map(str::len),
            Some(LONGEST)
        );
        assert_eq!(
            find_placeholder(&format!("{{{{{}}}}}", "x".repeat(LONGEST - 3))),
            None
        );
    }
}
