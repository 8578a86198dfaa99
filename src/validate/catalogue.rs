//! Every rule there is: those of the text, those of each member, those between members.

use std::sync::OnceLock;

use super::breach::{Breach, any_limits, possible, sentence, values};
use super::issue::{add_numbers, in_brackets, listed};
use crate::build::MessageDraft;
use crate::json::{ObjectText, text};
use crate::payload::SendRequest;
use crate::payload::sources::{PAGE_MESSAGES, SEND_API};
use crate::payload::spec::{Availability, Kind, Member, Object, Platform, Rule, Severity, Source, Unit};
use crate::words::{fill, owned};

macro_rules! rules {
    ($( $(#[doc = $doc:literal])* $name:ident = $rule:expr; )*) => {
        $( $(#[doc = $doc])* pub(crate) static $name: Rule = $rule; )*
        /// The rules of the text as a whole.
        static OF_THE_TEXT: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    /// The text is not JSON.
    MALFORMED = Rule::error("json.malformed", "The text is not JSON.", &SEND_API).fixed();
    /// The text is too long.
    TOO_LARGE = Rule::error("json.too_large", "A request of more than 1048576 bytes is not read.", &SEND_API).fixed();
    /// The text is nested too deep.
    TOO_DEEP = Rule::error("json.too_deep", "A request that is nested deeper than 128 levels is not read.", &SEND_API).fixed();
    /// There are too many issues.
    TOO_MANY_ISSUES = Rule::error("json.too_many_issues", "There are more issues than are listed: 1000 at most.", &SEND_API).fixed();
    /// The value is no object.
    NOT_AN_OBJECT = Rule::error("json.not_an_object", "A request must be a JSON object.", &SEND_API).fixed();
    /// The value has no JSON.
    UNSERIALIZABLE = Rule::error(
        "json.unserializable",
        "The value has no JSON: it is undefined, holds a cycle or a BigInt, is nested too deep, or throws when it is read.",
        &SEND_API,
    ).fixed();
    /// Half a surrogate pair.
    LONE_SURROGATE = Rule::error("json.lone_surrogate", "The text has half a surrogate pair: a character was cut in two.", &SEND_API);
    /// A member stands twice.
    DUPLICATE = Rule::warning("json.duplicate_member", "The member stands twice in its object: the last one counts.", &SEND_API);
    /// A member is not known.
    UNKNOWN_MEMBER = Rule::warning("member.unknown", "The member is not documented.", &PAGE_MESSAGES);
    /// A member that may be left out is null.
    NULL_MEMBER = Rule::warning(
        "member.null",
        "The member is null: clients write that for one that is not there, and it counts as such. Leave it out.",
        &SEND_API,
    );
    /// The options cannot be.
    OPTIONS_INVALID = Rule::error("options.invalid", "An option of the validation cannot be.", &SEND_API).fixed();
}

/// One rule, as the catalogue lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// The stable name.
    pub code: String,
    /// How bad a breach is, unless the caller changes it.
    pub severity: Severity,
    /// What it says, in a sentence.
    pub summary: String,
    /// The limit, where it is one.
    pub limit: Option<u32>,
    /// What the limit counts.
    pub unit: Option<Unit>,
    /// The platforms it is for.
    pub platforms: &'static [Platform],
    /// Since when it holds: `YYYY-MM-DD`, or less where less is known.
    pub since: Option<&'static str>,
    /// What Graph answers, where documented.
    pub graph_code: Option<u32>,
    /// Where it is documented.
    pub source: &'static Source,
    /// It tells that the request cannot be read: no option changes its severity.
    pub fixed: bool,
}

const BOTH: &[Platform] = &[Platform::Messenger, Platform::Instagram];

impl From<&'static Rule> for RuleInfo {
    fn from(rule: &'static Rule) -> Self {
        Self {
            code: owned(rule.code),
            severity: rule.severity,
            summary: owned(rule.summary),
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

/// One platform as a list.
const fn only(platform: Platform) -> &'static [Platform] {
    match platform {
        Platform::Messenger => &[Platform::Messenger],
        Platform::Instagram => &[Platform::Instagram],
    }
}

/// What a rule of one member is called.
pub(super) fn code(prefix: &str, member: &Member, breach: Breach) -> String {
    let dot = if prefix.is_empty() { "" } else { "." };
    fill("%%%.%", &[prefix, dot, member.name, breach.suffix()])
}

/// Every rule there is: those of the text first, then payload by payload.
pub fn catalogue() -> &'static [RuleInfo] {
    static CATALOGUE: OnceLock<Vec<RuleInfo>> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let mut walk = Walk::default();
        for rule in OF_THE_TEXT {
            walk.rule(rule);
        }
        walk.object(SendRequest::OBJECT);
        walk.object(MessageDraft::OBJECT);
        walk.rows
    })
}

/// The rule of that name.
pub fn find(code: &str) -> Option<&'static RuleInfo> {
    catalogue().iter().find(|rule| rule.code == code)
}

/// The catalogue as JSON: a list of `RuleInfo` as JavaScript sees it.
pub fn catalogue_json() -> String {
    let mut list = String::new();
    for rule in catalogue() {
        listed(&mut list, ",", &rule.to_json());
    }
    in_brackets(&list)
}

impl RuleInfo {
    fn to_json(&self) -> String {
        let mut platforms = String::new();
        for platform in self.platforms {
            listed(&mut platforms, ",", &text(platform.name()));
        }
        let mut row = ObjectText::default();
        row.text("code", &self.code);
        row.text("severity", self.severity.name());
        row.text("summary", &self.summary);
        add_numbers(&mut row, &[("limit", self.limit)], self.unit, None);
        row.json("platforms", &in_brackets(&platforms));
        if let Some(since) = self.since {
            row.text("since", since);
        }
        add_numbers(&mut row, &[], None, self.graph_code);
        row.text("docs", self.source.url);
        row.end()
    }
}

/// Goes through the tables.
#[derive(Default)]
struct Walk {
    rows: Vec<RuleInfo>,
    seen: Vec<&'static Object>,
}

impl Walk {
    fn add(&mut self, row: RuleInfo) {
        match self.rows.iter_mut().find(|known| known.code == row.code) {
            None => self.rows.push(row),
            // One code may come from several places: then its row is for the platforms of all of them.
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
        for breach in Breach::ALL.iter().copied() {
            if !possible(breach, member) {
                continue;
            }
            let (limit, unit) = breach.limit(member.limits);
            let severity = breach.severity(member, Platform::Messenger);
            let graph = if severity == Severity::Error { member.limits.graph_code } else { 0 };
            let gone = values(&member.kind).and_then(|values| values.withdrawn.first());
            let (since, graph) = match (breach, gone) {
                (Breach::Withdrawn, Some(gone)) => (Some(gone.since), gone.graph_code),
                (Breach::Deprecated, _) => (member.limits.deprecated.map(|(since, _)| since), 0),
                _ => (None, graph),
            };
            self.add(RuleInfo {
                code: code(prefix, member, breach),
                severity,
                summary: sentence(breach, member.name, member, &member.kind, None),
                limit,
                unit,
                platforms: platforms(breach, member),
                since,
                graph_code: (graph != 0).then_some(graph),
                source: member.limits.source.unwrap_or(source),
                fixed: false,
            });
        }
    }
}

/// The platforms on which a member can be wrong so.
fn platforms(breach: Breach, member: &Member) -> &'static [Platform] {
    match breach {
        Breach::TooManyBytes | Breach::TooManyOnInstagram | Breach::Unavailable => only(Platform::Instagram),
        Breach::Spelling if member.limits.lone_on_instagram => only(Platform::Instagram),
        Breach::TooLong | Breach::MaybeTooLong | Breach::TooMany if member.limits.instagram_max != 0 => only(Platform::Messenger),
        Breach::Undocumented if !any_limits(member, &|limits| limits.instagram_only) => only(Platform::Instagram),
        Breach::Undocumented if !any_limits(member, &|limits| limits.instagram == Availability::Undocumented) => only(Platform::Messenger),
        _ => BOTH,
    }
}
