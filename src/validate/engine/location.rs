//! Where the engine is: the way from the root, kept on the stack, and the member at its end.

use crate::payload::spec::{Member, Object, Source, Union};
use crate::validate::PathSegment;

/// The way from the root to a value.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    Root,
    Member { parent: &'p Path<'p>, name: &'p str },
    Item { parent: &'p Path<'p>, index: usize },
}

impl Path<'_> {
    /// How many bytes the names on the way have.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Path::Root => 0,
            Path::Member { parent, name } => parent.bytes() + name.len(),
            Path::Item { parent, .. } => parent.bytes(),
        }
    }

    /// The segments, from the root inwards.
    pub(super) fn segments(&self) -> Vec<PathSegment> {
        let mut segments = Vec::new();
        let mut path = self;
        loop {
            path = match path {
                Path::Root => break,
                Path::Member { parent, name } => {
                    segments.push(PathSegment::Key((*name).to_owned()));
                    parent
                }
                Path::Item { parent, index } => {
                    segments.push(PathSegment::Index(*index));
                    parent
                }
            };
        }
        segments.reverse();
        segments
    }
}

/// A member in its place.
#[derive(Clone, Copy)]
pub(super) struct Location<'p> {
    /// The object whose member it is.
    pub(super) object: &'static Object,
    /// The union that the member is the tag of.
    pub(super) union: Option<&'static Union>,
    pub(super) member: &'static Member,
    pub(super) path: &'p Path<'p>,
}

impl Location<'_> {
    /// What the codes of its rules begin with.
    pub(super) fn prefix(&self) -> &'static str {
        self.union.map_or(self.object.prefix, |union| union.prefix)
    }

    /// Where it is documented.
    pub(super) fn source(&self) -> &'static Source {
        let of_object = self.union.map_or(self.object.source, |union| union.source);
        self.member.limits.source.unwrap_or(of_object)
    }
}
