//! Which types are reached from some root objects, and how the variants of unions are named.

use messenger_send::payload::spec::{Enum, Kind, Member, Object, Union};
use std::collections::{HashMap, HashSet};

/// A type that has a name.
#[derive(Clone, Copy)]
pub enum Named {
    Object(&'static Object),
    Enum(&'static Enum),
    Union(&'static Union),
}

/// An object as a variant of a union.
#[derive(Clone)]
pub struct Use {
    pub union: &'static Union,
    /// The values of the tag that mean this object.
    pub tags: Vec<&'static str>,
}

/// The types that are reached, in the order in which a reader meets them.
pub struct Model {
    pub types: Vec<Named>,
    /// Something is in the short forms of a draft.
    pub drafted: bool,
    uses: HashMap<&'static str, Vec<Use>>,
    untagged: HashSet<&'static str>,
    seen: HashSet<&'static str>,
    left_out: fn(&Object, &Member) -> bool,
}

impl Model {
    /// The types that these objects reach, save through members that are left out.
    pub fn reach(roots: &[&'static Object], left_out: fn(&Object, &Member) -> bool) -> Self {
        let mut model = Self {
            types: vec![],
            drafted: false,
            uses: HashMap::new(),
            untagged: HashSet::new(),
            seen: HashSet::new(),
            left_out,
        };
        for &root in roots {
            model.untagged.insert(root.name);
            model.object(root);
        }
        model
    }

    fn object(&mut self, object: &'static Object) {
        if !self.seen.insert(object.name) {
            return;
        }
        self.types.push(Named::Object(object));
        for member in object.members {
            if !(self.left_out)(object, member) {
                self.kind(&member.kind);
            }
        }
    }

    fn kind(&mut self, kind: &'static Kind) {
        match kind {
            Kind::Enum(list) => self.list(list),
            Kind::Object(object) => {
                self.untagged.insert(object.name);
                self.object(object);
            }
            Kind::Union(union) => self.union(union),
            Kind::Array(inner) | Kind::Short(inner) => self.kind(inner),
            Kind::Drafted(inner) => {
                self.drafted = true;
                self.kind(inner);
            }
            Kind::String
            | Kind::Boolean
            | Kind::BooleanOrString
            | Kind::Integer
            | Kind::Number
            | Kind::StringOrNumber
            | Kind::Id
            | Kind::AnyObject
            | Kind::Any => {}
        }
    }

    fn list(&mut self, list: &'static Enum) {
        if self.seen.insert(list.name) {
            self.types.push(Named::Enum(list));
        }
    }

    fn union(&mut self, union: &'static Union) {
        if !self.seen.insert(union.name) {
            return;
        }
        self.types.push(Named::Union(union));
        self.kind(&union.tag.kind);
        for found in variants(union) {
            self.uses.entry(found.0.name).or_default().push(found.1);
        }
        for variant in union.variants {
            self.object(variant);
        }
    }

    /// The variant that the object's own interface stands for: its tag is a member of the
    /// interface. None where the object also stands alone, or where its unions do not agree.
    pub fn own_tag(&self, object: &Object) -> Option<&Use> {
        if self.untagged.contains(object.name) {
            return None;
        }
        let uses = self.uses.get(object.name)?;
        uses.iter().find(|wide| {
            uses.iter().all(|other| {
                other.union.tag.name == wide.union.tag.name
                    && other.tags.iter().all(|tag| wide.tags.contains(tag))
            })
        })
    }

    /// The name of an object as a variant of a union, and whether that is a type of its own.
    pub fn variant_name(
        &self,
        object: &Object,
        union: &'static Union,
        tags: &[&str],
    ) -> (String, bool) {
        match self.own_tag(object) {
            Some(own) if own.tags == tags => (object.name.to_owned(), false),
            _ if variants(union).len() == 1 => (union.name.to_owned(), true),
            _ => (format!("{}{}", union.name, object.name), true),
        }
    }
}

/// The distinct objects of a union, each with its tags.
pub fn variants(union: &'static Union) -> Vec<(&'static Object, Use)> {
    let mut found: Vec<(&'static Object, Use)> = vec![];
    for (object, value) in union.variants.iter().zip(tags(union).values) {
        match found
            .iter_mut()
            .find(|(there, _)| there.name == object.name)
        {
            Some((_, it)) => it.tags.push(value.name),
            None => found.push((
                object,
                Use {
                    union,
                    tags: vec![value.name],
                },
            )),
        }
    }
    found
}

/// The values of a union's tag.
pub fn tags(union: &Union) -> &'static Enum {
    match union.tag.kind {
        Kind::Enum(list) => list,
        _ => panic!("the tag of {} is no enum", union.name),
    }
}
