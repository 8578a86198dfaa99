//! The path from the request to a value, kept on the stack while the value is checked.

use std::borrow::Cow;
use std::fmt::Write;

use super::PathSegment;

/// The initial capacity of a pointer, in bytes. Most pointers fit.
const USUAL_POINTER: usize = 64;
/// The beginning of each segment of a JSON Pointer. A text, since `push` would have to encode a
/// character.
pub(super) const SEPARATOR: &str = "/";

/// The path from the root to a value.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    /// A known member.
    Member {
        parent: &'p Path<'p>,
        name: &'static str,
    },
    /// An unknown member.
    Unknown {
        parent: &'p Path<'p>,
        name: &'p str,
    },
    Item {
        parent: &'p Path<'p>,
        index: usize,
    },
}

impl<'p> Path<'p> {
    pub(super) fn parent(&self) -> Option<&'p Path<'p>> {
        match self {
            Path::Root => None,
            Path::Member { parent, .. }
            | Path::Unknown { parent, .. }
            | Path::Item { parent, .. } => Some(parent),
        }
    }

    /// The total length of the names on the path, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let name = match self {
            Path::Root | Path::Item { .. } => "",
            Path::Member { name, .. } => name,
            Path::Unknown { name, .. } => name,
        };
        name.len() + self.parent().map_or(0, Path::bytes)
    }

    /// Its segments, from the root inwards.
    pub(super) fn segments(&self) -> Vec<PathSegment> {
        let mut segments = self.parent().map(Path::segments).unwrap_or_default();
        match self {
            Path::Root => {}
            Path::Member { name, .. } => segments.push(PathSegment::Key(Cow::Borrowed(name))),
            Path::Unknown { name, .. } => {
                segments.push(PathSegment::Key(Cow::Owned((*name).to_owned())));
            }
            Path::Item { index, .. } => segments.push(PathSegment::Index(*index)),
        }
        segments
    }

    /// The path as a JSON Pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::with_capacity(USUAL_POINTER);
        self.push_to(&mut pointer);
        pointer
    }

    /// Writes the path as a JSON Pointer.
    pub(super) fn push_to(&self, pointer: &mut String) {
        if let Some(parent) = self.parent() {
            parent.push_to(pointer);
        }
        match self {
            Path::Root => {}
            Path::Member { name, .. } => {
                pointer.push_str(SEPARATOR);
                // No known name needs escapes.
                pointer.push_str(name);
            }
            Path::Unknown { name, .. } => {
                pointer.push_str(SEPARATOR);
                for character in name.chars() {
                    match character {
                        '~' => pointer.push_str("~0"),
                        '/' => pointer.push_str("~1"),
                        _ => pointer.push(character),
                    }
                }
            }
            Path::Item { index, .. } => {
                // Writing to a `String` does not fail.
                let _ = write!(pointer, "{SEPARATOR}{index}");
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_escaped() {
        let mut path = Path::Root;
        assert_eq!(path.pointer(), "");
        for name in ["a/b", "~", "~1", ""] {
            let parent = Box::leak(Box::new(path));
            path = Path::Unknown { parent, name };
        }
        let path = Path::Item {
            parent: &path,
            index: 3,
        };
        assert_eq!(path.pointer(), "/a~1b/~0/~01//3");
    }
}
