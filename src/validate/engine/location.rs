//! The current location: the path from the root, kept on the stack, and the member.

use std::borrow::Cow;

use crate::payload::spec::{Member, Object, Source, Union};
use crate::validate::PathSegment;

/// The path from the root to a value.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
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
    fn parent(&self) -> Option<&'p Path<'p>> {
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

    /// Adds its segments, from the root inwards.
    pub(super) fn push_to(&self, segments: &mut Vec<PathSegment>) {
        if let Some(parent) = self.parent() {
            parent.push_to(segments);
        }
        match self {
            Path::Root => {}
            Path::Member { name, .. } => segments.push(PathSegment::Key(Cow::Borrowed(name))),
            Path::Unknown { name, .. } => {
                segments.push(PathSegment::Key(Cow::Owned((*name).to_owned())));
            }
            Path::Item { index, .. } => segments.push(PathSegment::Index(*index)),
        }
    }
}

/// A member and its location.
#[derive(Clone, Copy)]
pub(super) struct Location<'p> {
    /// The object that has the member.
    pub(super) object: &'static Object,
    /// The union, if the member is its tag.
    pub(super) union: Option<&'static Union>,
    pub(super) member: &'static Member,
    pub(super) path: &'p Path<'p>,
}

impl Location<'_> {
    /// The prefix of its rule codes.
    pub(super) fn prefix(&self) -> &'static str {
        self.union.map_or(self.object.prefix, |union| union.prefix)
    }

    /// The page that documents the member.
    pub(super) fn source(&self) -> &'static Source {
        let of_object = self.union.map_or(self.object.source, |union| union.source);
        self.member.limits.source.unwrap_or(of_object)
    }
}
