//! The current location: the path from the root, and the member.

use crate::payload::spec::{Member, Object, Source, Union};
pub(super) use crate::validate::path::Path;

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
