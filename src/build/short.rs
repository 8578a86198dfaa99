//! The short forms inside a draft: what a text stands for, and buttons without their `type`.

use crate::json::{Next, ObjectText, Read, Reader, Value, list};

/// A text becomes an object with that one member; anything else stays as it is.
pub(super) fn member_of(name: &str, value: Value<'_>) -> String {
    if value.kind == Next::String { format!("{{\"{name}\":{}}}", value.json) } else { value.json.to_owned() }
}

/// Each item of a list, written anew; what is no list stays as it is.
pub(super) fn each(value: Value<'_>, write: fn(Value<'_>) -> String) -> String {
    if value.kind != Next::Array {
        return value.json.to_owned();
    }
    list(value.items().into_iter().map(write))
}

/// A text is a quick reply whose payload is its title.
pub(super) fn quick_reply(value: Value<'_>) -> String {
    if value.kind == Next::String {
        format!("{{\"content_type\":\"text\",\"title\":{0},\"payload\":{0}}}", value.json)
    } else {
        value.json.to_owned()
    }
}

/// The language of a utility template: a text is its code.
pub(super) fn utility(value: Value<'_>) -> String {
    if value.kind != Next::Object {
        return value.json.to_owned();
    }
    let mut written = ObjectText::default();
    for (name, value) in value.members() {
        if name == "language" {
            written.json(&name, &member_of("code", value));
        } else {
            written.json(&name, value.json);
        }
    }
    written.end()
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
                        let end = reader.slice(0, after_name).rfind('"').map_or(after_name, |quote| quote + 1);
                        number_at = (end - name.raw.len() - 2, end);
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
