//! The short forms in a draft: strings for objects, and buttons without `type`.

use crate::json::{ObjectText, Read, Reader, Value, ValueKind};

/// How a member of the draft is converted.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// Unchanged.
    AsItIs,
    /// A string becomes an object with this one member.
    Object(&'static str),
    /// A media file becomes an attachment of this type. A string is its URL.
    Medium(&'static str),
    /// Each item becomes an attachment.
    Images,
    /// The template becomes an attachment, and its buttons get their `type`.
    Template,
    /// The language of a utility template may be a string, its code. Its components may be absent.
    Utility,
    /// A string is a quick reply whose payload is its title.
    QuickReplies,
}

/// Writes a member in its long form. A value that is not in a short form is copied unchanged.
pub(super) fn write(out: &mut String, value: Value<'_>, form: Form) -> Read<()> {
    let json = value.json;
    match (form, value.kind) {
        (Form::Object(name), ValueKind::String) => push_all(out, &["{\"", name, "\":", json, "}"]),
        (Form::Medium(kind), _) => {
            begin_attachment(out, kind);
            write(out, value, Form::Object("url"))?;
            out.push('}');
        }
        (Form::Template, _) => {
            begin_attachment(out, "template");
            write_template(out, json)?;
            out.push('}');
        }
        (Form::Images, ValueKind::Array) => write_items(out, value, Form::Medium("image"))?,
        (Form::QuickReplies, ValueKind::Array) => write_items(out, value, Form::QuickReplies)?,
        (Form::QuickReplies, ValueKind::String) => push_all(
            out,
            &[
                "{\"content_type\":\"text\",\"title\":",
                json,
                ",\"payload\":",
                json,
                "}",
            ],
        ),
        (Form::Utility, ValueKind::Object) => {
            let mut object = ObjectText::default();
            let mut has_components = false;
            for (name, member) in value.members() {
                let form = match &*name {
                    // Null counts as absent.
                    "components" if member.kind == ValueKind::Null => continue,
                    "language" => Form::Object("code"),
                    _ => Form::AsItIs,
                };
                has_components |= name == "components";
                write(object.begin(&name), member, form)?;
            }
            if !has_components {
                object.json("components", "[]");
            }
            out.push_str(&object.end());
        }
        _ => out.push_str(json),
    }
    Ok(())
}

fn push_all(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

fn begin_attachment(out: &mut String, kind: &str) {
    push_all(out, &["{\"type\":\"", kind, "\",\"payload\":"]);
}

/// Writes each item of a list in its long form.
fn write_items(out: &mut String, value: Value<'_>, form: Form) -> Read<()> {
    let mut before = '[';
    for item in value.items() {
        out.push(before);
        before = ',';
        write(out, item, form)?;
    }
    if before == '[' {
        out.push('[');
    }
    out.push(']');
    Ok(())
}

/// Writes a template whose buttons get their `type`. Nothing else changes.
fn write_template(out: &mut String, json: &str) -> Read<()> {
    let mut edits = Vec::new();
    find_buttons(&mut Reader::new(json), false, &mut edits)?;
    let mut copied = 0;
    for edit in edits {
        push_all(
            out,
            &[json.get(copied..edit.from).unwrap_or_default(), edit.text],
        );
        copied = edit.to;
    }
    out.push_str(json.get(copied..).unwrap_or_default());
    Ok(())
}

/// The replacement of a range of the draft; an insertion if `from` equals `to`.
struct Edit {
    from: usize,
    to: usize,
    text: &'static str,
}

impl Edit {
    /// Reserves a place for a replacement that is found later, since the list must be in the order
    /// of the text.
    fn none(at: usize) -> Self {
        Self {
            from: at,
            to: at,
            text: "",
        }
    }
}

/// Skips a value and collects the replacements for its buttons. `button`: whether the value is an
/// item of a list named `buttons`.
fn find_buttons(reader: &mut Reader<'_>, button: bool, edits: &mut Vec<Edit>) -> Read<()> {
    match reader.peek()? {
        ValueKind::Array => find_in_list(reader, false, edits),
        ValueKind::Object => {
            let start = reader.position() + 1;
            reader.open()?;
            let mut names = Names::default();
            let type_edit = edits.len();
            let mut number_edit = 0;
            let mut number_end = 0;
            if button {
                edits.push(Edit::none(start));
            }
            let mut first = true;
            while let Some(name) = reader.member(first)? {
                first = false;
                match &*name.decoded() {
                    "type" => names.r#type = true,
                    "url" => names.url = true,
                    "payload" => names.payload = true,
                    "phone_number" if button => {
                        names.phone_number = true;
                        // The name with its quotes, up to the colon.
                        number_end = reader.position();
                        while number_end > start && reader.slice(number_end - 1, number_end) != "\""
                        {
                            number_end -= 1;
                        }
                        number_edit = edits.len();
                        edits.push(Edit::none(number_end.saturating_sub(name.raw.len() + 2)));
                    }
                    "buttons" if reader.peek()? == ValueKind::Array => {
                        find_in_list(reader, true, edits)?;
                        continue;
                    }
                    _ => {}
                }
                find_buttons(reader, false, edits)?;
            }
            if button && let Some(text) = names.missing_type() {
                if let Some(edit) = edits.get_mut(type_edit) {
                    edit.text = text;
                }
                if names.phone_number
                    && let Some(edit) = edits.get_mut(number_edit)
                {
                    edit.to = number_end;
                    edit.text = "\"payload\"";
                }
            }
            Ok(())
        }
        _ => reader.skip(),
    }
}

fn find_in_list(reader: &mut Reader<'_>, buttons: bool, edits: &mut Vec<Edit>) -> Read<()> {
    reader.open()?;
    let mut first = true;
    while reader.item(first)? {
        first = false;
        find_buttons(reader, buttons, edits)?;
    }
    Ok(())
}

/// The members of a button.
#[derive(Default)]
struct Names {
    r#type: bool,
    url: bool,
    payload: bool,
    phone_number: bool,
}

impl Names {
    /// The `type` of a button that has none, if exactly one member implies it.
    fn missing_type(&self) -> Option<&'static str> {
        match (self.r#type, self.url, self.payload, self.phone_number) {
            (false, true, false, false) => Some("\"type\":\"web_url\","),
            (false, false, true, false) => Some("\"type\":\"postback\","),
            (false, false, false, true) => Some("\"type\":\"phone_number\","),
            _ => None,
        }
    }
}
