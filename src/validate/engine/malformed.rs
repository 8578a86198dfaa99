//! Where a text stops being JSON: line and column, as editors count them.

/// Describes the unexpected byte, with its line and column.
pub(super) fn describe(bytes: &[u8], at: usize) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return format!(
                "The text is not JSON: byte {} is not UTF-8.",
                error.valid_up_to()
            );
        }
    };
    let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let last_line = before.rsplit('\n').next().unwrap_or_default();
    let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
    let column = 1 + last_line.chars().count();
    let place = format!("at line {line}, column {column}");
    match rest.chars().next() {
        None => format!("The text is not JSON: it ends too early, {place}."),
        Some(found) if found.is_control() => {
            format!("The text is not JSON: a control character {place}.")
        }
        Some(found) => format!("The text is not JSON: {found} is not expected {place}."),
    }
}
