//! Traverses a request along the tables, and finds the table entry of each value.

use super::edit::key;
use messenger_send::payload::SendRequest;
use messenger_send::payload::spec::{Enum, Kind, Member, Object, Union};
use serde_json::Value;

/// An object in the request, and its table.
pub struct ObjectAt {
    pub pointer: String,
    pub object: &'static Object,
    pub union: Option<&'static Union>,
}

/// A member of such an object, or an item of a list member.
pub struct MemberAt {
    pub pointer: String,
    /// The prefix of its rule codes.
    pub prefix: &'static str,
    pub member: &'static Member,
    /// The kind of this value: for an item, the kind of the items.
    pub kind: &'static Kind,
    pub item: bool,
}

impl MemberAt {
    /// The code of a rule of this member.
    pub fn code(&self, end: &str) -> String {
        if self.prefix.is_empty() {
            format!("{}.{end}", self.member.name)
        } else {
            format!("{}.{}.{end}", self.prefix, self.member.name)
        }
    }
}

/// The objects and members of a request.
#[derive(Default)]
pub struct Places {
    pub objects: Vec<ObjectAt>,
    pub members: Vec<MemberAt>,
    /// The pointers of the unknown members.
    pub strangers: Vec<String>,
}

/// Finds everything in a request that the tables describe.
pub fn places(request: &Value) -> Places {
    let mut places = Places::default();
    places.object(request, SendRequest::OBJECT, None, "");
    places
}

/// The enum of a union's tag.
pub fn tags(union: &'static Union) -> &'static Enum {
    match union.tag.kind {
        Kind::Enum(tags) => tags,
        _ => panic!("the tag of {} is no enum", union.name),
    }
}

impl Places {
    fn object(
        &mut self,
        value: &Value,
        object: &'static Object,
        union: Option<&'static Union>,
        pointer: &str,
    ) {
        let Some(members) = value.as_object() else {
            return;
        };
        self.objects.push(ObjectAt {
            pointer: pointer.to_owned(),
            object,
            union,
        });
        for (name, value) in members {
            let pointer = format!("{pointer}/{}", key(name));
            if let Some(member) = object.members.iter().find(|member| member.name == name) {
                self.value(value, object.prefix, member, &member.kind, &pointer, false);
            } else if let Some(union) = union.filter(|union| union.tag.name == name) {
                self.value(
                    value,
                    union.prefix,
                    &union.tag,
                    &union.tag.kind,
                    &pointer,
                    false,
                );
            } else {
                self.strangers.push(pointer);
            }
        }
    }

    fn value(
        &mut self,
        value: &Value,
        prefix: &'static str,
        member: &'static Member,
        kind: &'static Kind,
        pointer: &str,
        item: bool,
    ) {
        self.members.push(MemberAt {
            pointer: pointer.to_owned(),
            prefix,
            member,
            kind,
            item,
        });
        match kind {
            Kind::Object(object) => self.object(value, object, None, pointer),
            Kind::Union(union) => {
                let Some(text) = value.get(union.tag.name).and_then(Value::as_str) else {
                    return;
                };
                let tags = tags(union);
                let same =
                    |name: &str| name == text || tags.any_case && name.eq_ignore_ascii_case(text);
                if let Some(position) = tags.values.iter().position(|tag| same(tag.name)) {
                    self.object(value, union.variants[position], Some(union), pointer);
                }
            }
            Kind::Array(inner) => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.value(
                        item,
                        prefix,
                        member,
                        inner,
                        &format!("{pointer}/{index}"),
                        true,
                    );
                }
            }
            _ => {}
        }
    }
}
