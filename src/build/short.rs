//! The short forms inside a draft: what a text stands for, and buttons without their `type`.

use crate::json::{Next, ObjectText, Read, Reader, Value, list};
use crate::words::fill;

/// What becomes of a member of the draft.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// It stays as it is.
    AsItIs,
    /// A text becomes an object with that one member.
    Object(&'static str),
    /// A medium becomes an attachment of that type. A text is its address.
    Medium(&'static str),
    /// Each item becomes an attachment.
    Images,
    /// The template becomes an attachment, with the `type` of its buttons written out.
    Template,
    /// The language of a utility template may be a text: its code.
    Utility,
    /// A text is a quick reply whose payload is its title.
    QuickReplies,
}

/// The member as the request has it. What has another kind of value than its short form asks for stays as it is.
#[inline(never)]
pub(super) fn written(value: Value<'_>, form: Form) -> Read<String> {
    let json = value.json;
    Ok(match (form, value.kind) {
        (Form::Object(name), Next::String) => fill("{\"%\":%}", &[name, json]),
        (Form::Medium(kind), _) => attachment(kind, &written(value, Form::Object("url"))?),
        (Form::Template, _) => attachment("template", &template(json)?),
        (Form::Images, Next::Array) => each(value, Form::Medium("image"))?,
        (Form::QuickReplies, Next::Array) => each(value, Form::QuickReplies)?,
        (Form::QuickReplies, Next::String) => fill("{\"content_type\":\"text\",\"title\":%,\"payload\":%}", &[json, json]),
        (Form::Utility, Next::Object) => {
            let mut object = ObjectText::default();
            for (name, member) in value.members() {
                let form = if name == "language" { Form::Object("code") } else { Form::AsItIs };
                object.json(&name, &written(member, form)?);
            }
            object.end()
        }
        _ => json.to_owned(),
    })
}

fn attachment(kind: &str, payload: &str) -> String {
    fill("{\"type\":\"%\",\"payload\":%}", &[kind, payload])
}

/// Each item of a list, written anew.
fn each(value: Value<'_>, form: Form) -> Read<String> {
    let mut items = Vec::new();
    for item in value.items() {
        items.push(written(item, form)?);
    }
    Ok(list(items.into_iter()))
}

/// A template with the `type` of its buttons written out. Nothing else is touched.
pub(super) fn template(json: &str) -> Read<String> {
    let mut edits = Vec::new();
    find_buttons(&mut Reader::new(json), false, &mut edits)?;
    let mut out = String::with_capacity(json.len() + 24 * edits.len());
    let mut copied = 0;
    for edit in edits {
        out.push_str(json.get(copied..edit.from).unwrap_or_default());
        out.push_str(edit.text);
        copied = edit.to;
    }
    out.push_str(json.get(copied..).unwrap_or_default());
    Ok(out)
}

/// What is written in place of some bytes of the draft.
struct Edit {
    from: usize,
    to: usize,
    text: &'static str,
}

/// Passes a value, and notes what its buttons need. `button`: the value is an item of a list called `buttons`.
fn find_buttons(reader: &mut Reader<'_>, button: bool, edits: &mut Vec<Edit>) -> Read<()> {
    match reader.peek()? {
        Next::Array => {
            reader.open()?;
            let mut first = true;
            while reader.item(first)? {
                first = false;
                find_buttons(reader, false, edits)?;
            }
            Ok(())
        }
        Next::Object => {
            let start = reader.position();
            reader.open()?;
            let mut names = Names::default();
            let mut number_at = (0, 0);
            let inner = edits.len();
            let mut first = true;
            while let Some(name) = reader.member(first)? {
                first = false;
                let after_name = reader.position();
                match &*name.decoded() {
                    "type" => names.r#type = true,
                    "url" => names.url = true,
                    "payload" => names.payload = true,
                    "phone_number" => {
                        names.phone_number = true;
                        // The name with its quotes: what stands before its colon.
                        let mut end = after_name;
                        while end > 0 && reader.slice(end - 1, end) != "\"" {
                            end -= 1;
                        }
                        number_at = (end.saturating_sub(name.raw.len() + 2), end);
                    }
                    "buttons" if reader.peek()? == Next::Array => {
                        reader.open()?;
                        let mut first = true;
                        while reader.item(first)? {
                            first = false;
                            find_buttons(reader, true, edits)?;
                        }
                        continue;
                    }
                    _ => {}
                }
                find_buttons(reader, false, edits)?;
            }
            if button && let Some(text) = names.missing_type() {
                edits.insert(inner, Edit { from: start + 1, to: start + 1, text });
                if names.phone_number {
                    let after = edits.iter().skip(inner).position(|edit| edit.from > number_at.0).map_or(edits.len(), |at| inner + at);
                    edits.insert(after, Edit { from: number_at.0, to: number_at.1, text: "\"payload\"" });
                }
            }
            Ok(())
        }
        _ => reader.skip(),
    }
}

/// Which members of a button are there.
#[derive(Default)]
struct Names {
    r#type: bool,
    url: bool,
    payload: bool,
    phone_number: bool,
}

impl Names {
    /// The `type` that a button without one is given: only where one member alone tells it.
    fn missing_type(&self) -> Option<&'static str> {
        match (self.r#type, self.url, self.payload, self.phone_number) {
            (false, true, false, false) => Some("\"type\":\"web_url\","),
            (false, false, true, false) => Some("\"type\":\"postback\","),
            (false, false, false, true) => Some("\"type\":\"phone_number\","),
            _ => None,
        }
    }
}
