//! The catalogue of rules: those for the JSON as a whole, for each member, and between members.

use std::sync::OnceLock;

use serde::{Serialize, Serializer};

use super::finding::Code;
use super::sentence::Summary;
use super::violation::{Limit, ViolationKind, any_limits, enum_of};
use crate::build::Draft;
use crate::payload::SendRequest;
use crate::payload::sources::{PAGE_MESSAGES, SEND_API};
use crate::payload::spec::{
    Availability, Kind, Member, Object, Platform, Rule, Severity, Source, Unit,
};

macro_rules! text_rules {
    ($( $(#[doc = $doc:literal])* $name:ident = $rule:expr; )*) => {
        $( $(#[doc = $doc])* pub(crate) static $name: Rule = $rule; )*
        /// The rules for the JSON as a whole.
        static TEXT_RULES: &[&Rule] = &[$(&$name),*];
    };
}

text_rules! {
    /// The text is not JSON.
    MALFORMED = Rule::error("json.malformed", "The text is not JSON.", &SEND_API).fixed();
    /// The text is too long.
    TOO_LARGE = Rule::error("json.too_large", "The request is larger than 1048576 bytes.",
        &SEND_API).fixed();
    /// The text is nested too deeply.
    TOO_DEEP = Rule::error("json.too_deep",
        "The request is nested deeper than 128 levels.", &SEND_API).fixed();
    /// There are too many issues.
    TOO_MANY_ISSUES = Rule::error("json.too_many_issues",
        "There are more issues; only 1000 are listed.", &SEND_API).fixed();
    /// The value is not an object.
    NOT_AN_OBJECT = Rule::error("json.not_an_object", "A request must be a JSON object.", &SEND_API)
        .fixed();
    /// The value cannot be written as JSON.
    UNSERIALIZABLE = Rule::error(
        "json.unserializable",
        "The value cannot be written as JSON: it is undefined, has a cycle or a BigInt, is nested \
         too deeply, or throws when read.",
        &SEND_API,
    ).fixed();
    /// Half a surrogate pair.
    LONE_SURROGATE = Rule::error("json.lone_surrogate",
        "The text has half a surrogate pair: a character was cut in two.", &SEND_API);
    /// A duplicate member.
    DUPLICATE = Rule::warning("json.duplicate_member",
        "The object has this member twice; the last one wins.", &SEND_API);
    /// An unknown member.
    UNKNOWN_MEMBER = Rule::warning("member.unknown", "The member is not documented.",
        &PAGE_MESSAGES);
    /// A known member in another spelling.
    MISSPELT_MEMBER = Rule::error(
        "member.misspelt",
        "The member is a documented one in another spelling, such as quickReplies: Graph drops or \
         refuses it.",
        &PAGE_MESSAGES,
    );
    /// An unfilled placeholder of a template engine.
    UNFILLED_PLACEHOLDER = Rule::warning(
        "placeholder.unfilled",
        "A visible text has an unfilled placeholder, such as {{name}} or ${name}.",
        &SEND_API,
    );
    /// An optional member is null.
    NULL_MEMBER = Rule::warning(
        "member.null",
        "The member is null, which counts as absent. Leave it out.",
        &SEND_API,
    );
    /// The options are invalid.
    OPTIONS_INVALID = Rule::error("options.invalid", "A validation option is invalid.",
        &SEND_API).fixed();
}

/// A rule of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RuleInfo {
    /// The stable code.
    pub code: String,
    /// The severity, unless the caller changes it.
    pub severity: Severity,
    /// A sentence that describes the violation.
    pub summary: String,
    /// The limit, if the rule is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// What the limit counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The platforms that it applies to.
    pub platforms: &'static [Platform],
    /// The date since which it applies: `YYYY-MM-DD`, or shorter if less is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<&'static str>,
    /// The error code that Graph returns, if documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graph_code: Option<u32>,
    /// The page that documents it. Serializes as `docs`, its URL.
    #[serde(rename = "docs", serialize_with = "serialize_url")]
    pub source: &'static Source,
    /// Whether it means that the request cannot be read; its severity then cannot be changed.
    #[serde(skip)]
    pub fixed: bool,
}

fn serialize_url<S: Serializer>(source: &Source, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(source.url)
}

const BOTH: &[Platform] = &[Platform::Messenger, Platform::Instagram];

impl From<&'static Rule> for RuleInfo {
    fn from(rule: &'static Rule) -> Self {
        Self {
            code: rule.code.to_owned(),
            severity: rule.severity,
            summary: rule.summary.to_owned(),
            limit: None,
            unit: None,
            platforms: rule.platform.map_or(BOTH, only),
            since: rule.since,
            graph_code: rule.graph_code,
            source: rule.source,
            fixed: rule.fixed,
        }
    }
}

/// A list with this platform.
const fn only(platform: Platform) -> &'static [Platform] {
    match platform {
        Platform::Messenger => &[Platform::Messenger],
        Platform::Instagram => &[Platform::Instagram],
    }
}

/// The code of a rule of one member.
pub(super) fn member_rule_code<'c>(
    prefix: &'c str,
    member: &Member,
    kind: ViolationKind,
) -> Code<'c> {
    let dot = if prefix.is_empty() { "" } else { "." };
    [prefix, dot, member.name, ".", kind.suffix()]
}

/// The dated catalogue of all rules: those for the JSON as a whole first, then payload by payload.
///
/// ```
/// use messenger_send::rules;
///
/// let too_long = rules().iter().find(|rule| rule.code == "text.too_long").unwrap();
/// assert_eq!(too_long.limit, Some(2000));
/// println!("{}: {}", too_long.summary, too_long.source.url);
/// ```
pub fn rules() -> &'static [RuleInfo] {
    static CATALOGUE: OnceLock<Vec<RuleInfo>> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let mut walk = Walk::default();
        for rule in TEXT_RULES {
            walk.rule(rule);
        }
        walk.object(SendRequest::OBJECT);
        walk.object(Draft::OBJECT);
        walk.rows
    })
}

/// The rule with this code.
///
/// ```
/// use messenger_send::validate::find_rule;
///
/// assert!(find_rule("text.too_long").is_some());
/// assert!(find_rule("text.too_lnog").is_none());
/// ```
pub fn find_rule(code: &str) -> Option<&'static RuleInfo> {
    rules().iter().find(|rule| rule.code == code)
}

/// Collects the rules from the tables.
#[derive(Default)]
struct Walk {
    rows: Vec<RuleInfo>,
    seen: Vec<&'static Object>,
}

impl Walk {
    fn add(&mut self, row: RuleInfo) {
        match self.rows.iter_mut().find(|known| known.code == row.code) {
            None => self.rows.push(row),
            // Several tables may have rules with the same code. The rule then applies to the
            // platforms of all of them.
            Some(known) if known.platforms != row.platforms => known.platforms = BOTH,
            Some(_) => {}
        }
    }

    fn rule(&mut self, rule: &'static Rule) {
        self.add(rule.into());
    }

    fn object(&mut self, object: &'static Object) {
        if self.seen.iter().any(|seen| std::ptr::eq(*seen, object)) {
            return;
        }
        self.seen.push(object);
        if let Some(unknown) = object.closed {
            self.rule(unknown);
        } else {
            for member in object.members {
                self.member(object.prefix, object.source, member);
            }
        }
        if let Some(choice) = &object.exactly_one {
            self.rule(choice.none);
            if let Some(several) = choice.several {
                self.rule(several);
            }
        }
        for rule in object.rules {
            self.rule(rule);
        }
        for member in object.members {
            self.kind(&member.kind);
        }
    }

    fn kind(&mut self, kind: &'static Kind) {
        match kind {
            Kind::Object(object) => self.object(object),
            Kind::Array(inner) | Kind::Short(inner) | Kind::Drafted(inner) => self.kind(inner),
            Kind::Union(union) => {
                self.member(union.prefix, union.source, &union.tag);
                for variant in union.variants {
                    self.object(variant);
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, prefix: &str, source: &'static Source, member: &'static Member) {
        let applying = ViolationKind::ALL
            .iter()
            .filter(|kind| kind.applies_to(member));
        for kind in applying.copied() {
            let limit = kind.limit(member.limits);
            let severity = kind.severity(member, Platform::Messenger);
            let is_error = severity == Severity::Error;
            let graph_code = if is_error {
                kind.graph_code(member.limits)
            } else {
                0
            };
            let withdrawn = enum_of(&member.kind).and_then(|values| values.withdrawn.first());
            let gone = if kind == ViolationKind::Unavailable {
                gone(member)
            } else {
                None
            };
            let (since, graph_code) = match (kind, withdrawn) {
                (ViolationKind::Unavailable, _) => (gone.map(|(since, _)| since), graph_code),
                (ViolationKind::Withdrawn, Some(value)) => (Some(value.since), value.graph_code),
                (ViolationKind::Deprecated, _) => {
                    (member.limits.deprecated.map(|(since, _)| since), 0)
                }
                _ => (None, graph_code),
            };
            self.add(RuleInfo {
                code: member_rule_code(prefix, member, kind).concat(),
                severity,
                summary: Summary { kind, member }.to_string(),
                limit: limit.map(|Limit { value, .. }| value),
                unit: limit.and_then(|Limit { unit, .. }| unit),
                platforms: platforms(kind, member),
                since,
                graph_code: (graph_code != 0).then_some(graph_code),
                source: match gone {
                    Some((_, Some(source))) => source,
                    _ => member.limits.source.unwrap_or(source),
                },
                fixed: false,
            });
        }
    }
}

/// The date since which the member, or the first such value of it, is unavailable on Instagram, and
/// the page that says so.
fn gone(member: &Member) -> Option<(&'static str, Option<&'static Source>)> {
    let values = enum_of(&member.kind).map_or(&[][..], |values| values.values);
    let of_values = values.iter().map(|value| value.limits);
    std::iter::once(member.limits)
        .chain(of_values)
        .find_map(|limits| match limits.instagram {
            Availability::Withdrawn(since) => Some((since, limits.source)),
            _ => None,
        })
}

/// The platforms on which a member can have this violation.
fn platforms(kind: ViolationKind, member: &Member) -> &'static [Platform] {
    let is_undocumented =
        |limits: &crate::payload::spec::Limits| limits.instagram == Availability::Undocumented;
    match kind {
        ViolationKind::TooManyBytes
        | ViolationKind::TooManyOnInstagram
        | ViolationKind::Unavailable => only(Platform::Instagram),
        ViolationKind::AtLimit if !member.limits.warn_at_max => only(Platform::Instagram),
        ViolationKind::Spelling if member.limits.single_on_instagram => only(Platform::Instagram),
        ViolationKind::TooLong | ViolationKind::MaybeTooLong | ViolationKind::TooMany
            if member.limits.instagram_max != 0 =>
        {
            only(Platform::Messenger)
        }
        ViolationKind::Undocumented if !any_limits(member, |limits| limits.instagram_only) => {
            only(Platform::Instagram)
        }
        ViolationKind::Undocumented if !any_limits(member, is_undocumented) => {
            only(Platform::Messenger)
        }
        _ => BOTH,
    }
}
