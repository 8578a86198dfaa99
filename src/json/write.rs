//! Writing JSON.

use crate::words::decimal;

/// An object that is being written, member by member.
#[derive(Debug, Default)]
pub struct ObjectText {
    text: String,
}

impl ObjectText {
    /// An object for which there is room.
    pub fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes) }
    }

    /// Adds a member whose value is JSON already.
    pub fn json(&mut self, name: &str, json: &str) {
        self.begin(name).push_str(json);
    }

    /// Adds a member whose value is written to the text that this gives, before anything else is.
    #[inline(never)]
    pub fn begin(&mut self, name: &str) -> &mut String {
        // Behind an opening brace there is no value yet, since a value does not end with one.
        match self.text.as_bytes().last() {
            None => self.text.push('{'),
            Some(b'{') => {}
            Some(_) => self.text.push(','),
        }
        push_text(&mut self.text, name);
        self.text.push(':');
        &mut self.text
    }

    /// Adds a member that is an object. What is added next is added to that one, until it is closed.
    pub fn open(&mut self, name: &str) {
        self.begin(name).push('{');
    }

    /// Closes what was opened.
    pub fn close(&mut self) {
        self.text.push('}');
    }

    /// Adds a text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.json(name, &text(value));
    }

    /// Adds a number.
    pub fn number(&mut self, name: &str, value: u32) {
        self.json(name, &decimal(value.into()));
    }

    /// The object's JSON.
    pub fn end(mut self) -> String {
        if self.text.is_empty() {
            self.text.push('{');
        }
        self.text.push('}');
        self.text
    }
}

/// A list as JSON, of items that are JSON already.
pub fn list(items: impl Iterator<Item = String>) -> String {
    let mut list = String::from("[");
    for item in items {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&item);
    }
    list.push(']');
    list
}

/// A text as JSON.
pub fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    push_text(&mut out, value);
    out
}

/// Writes a text as JSON.
fn push_text(out: &mut String, value: &str) {
    out.push('"');
    if value.bytes().any(|byte| matches!(byte, ..b' ' | b'"' | b'\\')) {
        push_escaped(out, value);
    } else {
        out.push_str(value);
    }
    out.push('"');
}

#[inline(never)]
fn push_escaped(out: &mut String, value: &str) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    for letter in value.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..' ' => {
                let code = letter as usize;
                out.push_str("\\u00");
                out.extend([code >> 4, code & 15].into_iter().filter_map(|digit| HEX.get(digit)));
            }
            _ => out.push(letter),
        }
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
    fn lists_are_separated() {
        let written = |items: &[&str]| list(items.iter().map(|item| (*item).to_owned()));
        assert_eq!((written(&[]), written(&["1"]), written(&["1", "\"a\""])), ("[]".to_owned(), "[1]".to_owned(), "[1,\"a\"]".to_owned()));
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
        assert_eq!(object.end(), r#"{"a":{},"b":{"c":"{","d":{"e":[1]}},"f":2}"#);
    }

    #[test]
    fn an_empty_object_is_one() {
        assert_eq!(ObjectText::default().end(), "{}");
    }
}
