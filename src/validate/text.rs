//! Parts of sentences that several rules share.

use std::fmt::{self, Display, Formatter};

/// Truncates text from outside to 60 characters, so that a sentence stays readable.
pub(super) fn shorten(text: &str) -> Shortened<'_> {
    const MOST_CHARACTERS: usize = 60;
    if text.len() <= MOST_CHARACTERS {
        return Shortened {
            text,
            is_cut: false,
        };
    }
    match text.char_indices().nth(MOST_CHARACTERS) {
        None => Shortened {
            text,
            is_cut: false,
        },
        Some((end, _)) => Shortened {
            text: text.get(..end).unwrap_or_default(),
            is_cut: true,
        },
    }
}

/// The result of [`shorten`].
pub(super) struct Shortened<'a> {
    text: &'a str,
    is_cut: bool,
}

impl Display for Shortened<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(self.text)?;
        if self.is_cut {
            out.write_str("…")
        } else {
            Ok(())
        }
    }
}

/// The sentence that suggests a known name.
pub(super) fn did_you_mean(suggestion: Option<&str>) -> impl Display {
    struct Hint<'a>(Option<&'a str>);
    impl Display for Hint<'_> {
        fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
            match self.0 {
                None => Ok(()),
                Some(suggestion) => write!(out, " Did you mean {suggestion}?"),
            }
        }
    }
    Hint(suggestion)
}
