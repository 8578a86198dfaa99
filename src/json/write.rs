//! Writes JSON.

use super::text::plain_end;

/// An object that is being written, member by member.
#[derive(Debug, Default)]
pub struct ObjectText {
    text: String,
}

impl ObjectText {
    /// An object with this capacity.
    pub fn with_room(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
        }
    }

    /// Adds a member whose value is JSON.
    pub fn json(&mut self, name: &str, json: &str) {
        self.begin(name).push_str(json);
    }

    /// Adds a member whose value the caller writes to the returned text, before adding anything
    /// else.
    #[inline(never)]
    pub fn begin(&mut self, name: &str) -> &mut String {
        // No value ends with an opening brace, so after one this is the first member.
        let before = match self.text.as_bytes().last() {
            None => "{\"",
            Some(b'{') => "\"",
            Some(_) => ",\"",
        };
        self.text.push_str(before);
        push_escaped(&mut self.text, name);
        self.text.push_str("\":");
        &mut self.text
    }

    /// Adds a member that is an object. All further members belong to it until it is closed.
    pub fn open(&mut self, name: &str) {
        self.begin(name).push('{');
    }

    /// Closes an opened object.
    pub fn close(&mut self) {
        self.text.push('}');
    }

    /// Adds a string.
    pub fn text(&mut self, name: &str, value: &str) {
        push_string(self.begin(name), value);
    }

    /// Adds a number.
    #[cfg(test)]
    pub fn number(&mut self, name: &str, value: u32) {
        self.json(name, &value.to_string());
    }

    /// The object's JSON.
    pub fn end(mut self) -> String {
        self.text
            .push_str(if self.text.is_empty() { "{}" } else { "}" });
        self.text
    }
}

/// Appends a text as a JSON string, with its quotes.
pub fn push_string(out: &mut String, value: &str) {
    out.push('"');
    push_escaped(out, value);
    out.push('"');
}

/// Appends a text as a JSON string, without its quotes.
#[inline(never)]
fn push_escaped(out: &mut String, value: &str) {
    let mut rest = value;
    loop {
        let end = plain_end(rest.as_bytes());
        let (plain, special) = rest.split_at_checked(end).unwrap_or((rest, ""));
        out.push_str(plain);
        let Some(byte) = special.bytes().next() else {
            return;
        };
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..16 => "\\u000",
            _ => "\\u001",
        };
        out.push_str(escape);
        if escape.len() > 2 {
            let digit = usize::from(byte % 16);
            out.push_str("0123456789abcdef".get(digit..=digit).unwrap_or_default());
        }
        rest = special.get(1..).unwrap_or_default();
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn serde_json_reads_back_what_was_written(name in ".{0,20}", value in "\\PC{0,20}[\u{0}-\u{1f}\"\\\\]{0,4}") {
            let mut object = ObjectText::default();
            object.text(&name, &value);
            object.number("n", 7);
            let read: serde_json::Value = serde_json::from_str(&object.end()).unwrap();
            prop_assert_eq!(read[&name].as_str().or(Some("")).filter(|_| name != "n"), Some(value.as_str()).filter(|_| name != "n"));
            prop_assert_eq!(&read["n"], 7);
        }
    }

    #[test]
    fn objects_stand_inside_objects() {
        let mut object = ObjectText::with_room(10);
        object.open("a");
        object.close();
        object.open("b");
        object.text("c", "{");
        object.open("d");
        object.begin("e").push_str("[1]");
        object.close();
        object.close();
        object.number("f", 2);
        assert_eq!(
            object.end(),
            r#"{"a":{},"b":{"c":"{","d":{"e":[1]}},"f":2}"#
        );
    }

    #[test]
    fn an_empty_object_is_one() {
        assert_eq!(ObjectText::default().end(), "{}");
    }
}
