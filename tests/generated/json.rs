//! JSON whose members keep their order, and its printing: short values on one line.

/// A JSON value.
#[derive(Clone, Debug)]
pub enum Json {
    Bool(bool),
    Number(u32),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

const WIDTH: usize = 110;

impl Json {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list of texts.
    pub fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// An object.
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Self {
        Self::Object(
            members
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// The value on one line.
    fn short(&self) -> String {
        match self {
            Self::Bool(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::Text(text) => serde_json::to_string(text).unwrap(),
            Self::List(items) => format!(
                "[{}]",
                items.iter().map(Self::short).collect::<Vec<_>>().join(", ")
            ),
            Self::Object(members) if members.is_empty() => "{}".to_owned(),
            Self::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| format!("{}: {}", Self::text(name).short(), value.short()))
                    .collect();
                format!("{{ {} }}", members.join(", "))
            }
        }
    }

    /// The value on as many lines as it needs; the first begins after `used` characters.
    pub fn pretty(&self, indent: usize, used: usize) -> String {
        let short = self.short();
        if used + short.chars().count() <= WIDTH {
            return short;
        }
        let pad = "  ".repeat(indent + 1);
        let end = "  ".repeat(indent);
        match self {
            Self::List(items)
                if items
                    .iter()
                    .all(|item| matches!(item, Self::Text(text) if !text.contains(' '))) =>
            {
                let lines = super::prose::wrap(
                    &items.iter().map(Self::short).collect::<Vec<_>>().join(", "),
                    WIDTH - pad.len(),
                );
                format!("[\n{pad}{}\n{end}]", lines.join(&format!("\n{pad}")))
            }
            Self::List(items) => {
                let items: Vec<_> = items
                    .iter()
                    .map(|item| item.pretty(indent + 1, pad.len()))
                    .collect();
                format!("[\n{pad}{}\n{end}]", items.join(&format!(",\n{pad}")))
            }
            Self::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| {
                        let name = Self::text(name).short();
                        format!(
                            "{name}: {}",
                            value.pretty(indent + 1, pad.len() + name.len() + 2)
                        )
                    })
                    .collect();
                format!("{{\n{pad}{}\n{end}}}", members.join(&format!(",\n{pad}")))
            }
            _ => short,
        }
    }
}
