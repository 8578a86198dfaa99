//! "Did you mean …?": the known name that is nearest to an unknown one.

/// The longest name that gets a suggestion, in bytes. A longer one is not a typo.
const LONGEST: usize = 48;
/// The letters of the longest name, and one for each edit.
const ROOM: usize = LONGEST + 3;

/// The nearest known name, if it is near enough.
pub(super) fn nearest<'n>(name: &str, known: &mut dyn Iterator<Item = &'n str>) -> Option<&'n str> {
    if name.len() > LONGEST {
        return None;
    }
    let (mut letters, mut letters_of_other) = ([0; ROOM], [0; ROOM]);
    let name = plain(name, &mut letters);
    // The distance must be below this.
    let mut bound = if name.len() < 5 { 2 } else { 3 };
    let mut best = None;
    for other in known {
        // The distance is at least the difference of the lengths.
        if other.len() > LONGEST || other.len() + bound <= name.len() {
            continue;
        }
        // A name that fills this is too long.
        let room = name.len() + bound;
        let candidate = plain(other, letters_of_other.get_mut(..room).unwrap_or_default());
        if candidate.len() == room {
            continue;
        }
        let distance = distance(name, candidate);
        if distance < bound && distance < other.len() {
            bound = distance;
            best = Some(other);
        }
    }
    best
}

/// Whether a name is another spelling of a known one: `quickReplies` for `quick_replies`.
pub(super) fn differs_in_spelling(name: &str, known: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = u8> {
        let letters = text.bytes().filter(|byte| !matches!(byte, b'_' | b'-'));
        letters.map(|byte| byte.to_ascii_lowercase())
    }
    name.len() <= LONGEST && name != known && letters(name).eq(letters(known))
}

/// Normalizes naming conventions: `quickReplies` and `quick_replies` become the same. Stops when
/// `letters` is full.
#[inline(never)]
fn plain<'l>(name: &str, letters: &'l mut [u8]) -> &'l [u8] {
    let found = name
        .bytes()
        .filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
    let mut length = 0;
    for (place, byte) in letters.iter_mut().zip(found) {
        *place = byte.to_ascii_lowercase();
        length += 1;
    }
    letters.get(..length).unwrap_or_default()
}

/// The Levenshtein distance, computed with one row.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row = [0; LONGEST];
    for (cell, edits) in row.iter_mut().zip(1..) {
        *cell = edits;
    }
    let mut edits = b.len();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        edits = i + 1;
        for (cell, y) in row.iter_mut().zip(b) {
            edits = if x == y {
                corner
            } else {
                1 + corner.min(*cell).min(edits)
            };
            corner = *cell;
            *cell = edits;
        }
    }
    edits
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn measures_edits() {
        for (a, b, edits) in [
            ("", "", 0),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
            ("text", "txet", 2),
            ("same", "same", 0),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes()), edits, "{a} {b}");
        }
    }

    #[test]
    fn suggests_near_names() {
        let known = ["quick_replies", "text", "attachment", "id"];
        let near = |name| nearest(name, &mut known.iter().copied());
        assert_eq!(near("quickReplies"), Some("quick_replies"));
        assert_eq!(near("txt"), Some("text"));
        assert_eq!(near("atachments"), Some("attachment"));
        assert_eq!(near("colour"), None);
        assert_eq!(near("x"), None);
    }
}
