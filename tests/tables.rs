//! The tables: what the engine, the generated files and readers of the catalogue rely on.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use messenger_send::build::Draft;
use messenger_send::payload::SendRequest;
use messenger_send::payload::spec::{
    Availability, Enum, Format, Kind, Limits, Member, Object, Platform, Rule, Shape, Term, Union,
    Unit,
};
use messenger_send::validate::find_rule;
use std::collections::{BTreeMap, BTreeSet};
use support::fixtures::illegal;
use support::places::tags;

/// All that is declared.
#[derive(Default)]
struct Tables {
    objects: Vec<&'static Object>,
    unions: Vec<&'static Union>,
    enums: Vec<&'static Enum>,
}

impl Tables {
    fn all() -> Self {
        let mut tables = Self::default();
        tables.object(SendRequest::OBJECT);
        tables.object(Draft::OBJECT);
        assert!(
            tables.objects.len() > 50 && tables.unions.len() >= 6 && tables.enums.len() > 20,
            "the walk found too little"
        );
        tables
    }

    fn object(&mut self, object: &'static Object) {
        if !self
            .objects
            .iter()
            .any(|known| std::ptr::eq(*known, object))
        {
            self.objects.push(object);
            object
                .members
                .iter()
                .for_each(|member| self.kind(&member.kind));
        }
    }

    fn kind(&mut self, kind: &'static Kind) {
        match kind {
            Kind::Object(object) => self.object(object),
            Kind::Array(inner) | Kind::Short(inner) | Kind::Drafted(inner) => self.kind(inner),
            Kind::Enum(list) => self.list(list),
            Kind::Union(union) if !self.unions.iter().any(|known| std::ptr::eq(*known, *union)) => {
                self.unions.push(union);
                self.list(tags(union));
                union
                    .variants
                    .iter()
                    .for_each(|variant| self.object(variant));
            }
            _ => {}
        }
    }

    fn list(&mut self, list: &'static Enum) {
        if !self.enums.iter().any(|known| std::ptr::eq(*known, list)) {
            self.enums.push(list);
        }
    }

    /// Every member, with what its codes begin with.
    fn members(&self) -> Vec<(&'static str, &'static Member)> {
        let of_objects = self
            .objects
            .iter()
            .flat_map(|object| object.members.iter().map(|member| (object.prefix, member)));
        of_objects
            .chain(self.unions.iter().map(|union| (union.prefix, &union.tag)))
            .collect()
    }

    fn rules(&self) -> Vec<&'static Rule> {
        let mut rules: Vec<_> = self
            .objects
            .iter()
            .flat_map(|object| object.rules.iter().copied())
            .collect();
        for choice in self
            .objects
            .iter()
            .filter_map(|object| object.exactly_one.as_ref())
        {
            rules.push(choice.none);
            rules.extend(choice.several);
        }
        rules.extend(self.objects.iter().filter_map(|object| object.closed));
        rules
    }
}

#[track_caller]
fn assert_unique<'n>(names: impl IntoIterator<Item = &'n str>, of: &str) {
    let mut seen = BTreeSet::new();
    for name in names {
        assert!(seen.insert(name), "{name} stands twice in {of}");
    }
}

#[track_caller]
fn assert_documented(doc: &str, what: &str) {
    assert!(
        doc.trim().len() > 2 && doc.trim().ends_with('.'),
        "{what} is documented as {doc:?}"
    );
    assert!(
        doc.chars()
            .next()
            .is_some_and(|first| first == ' ' || !first.is_lowercase()),
        "{what}: {doc:?}"
    );
}

/// The kind of a list's items, or the kind itself.
fn innermost(kind: &Kind) -> &Kind {
    match kind {
        Kind::Array(inner) | Kind::Short(inner) | Kind::Drafted(inner) => innermost(inner),
        other => other,
    }
}

#[test]
fn the_bits_of_the_engine_are_enough() {
    let tables = Tables::all();
    for object in &tables.objects {
        assert!(
            object.members.len() <= 64,
            "{} has {} members",
            object.name,
            object.members.len()
        );
        let required: u64 = object
            .members
            .iter()
            .enumerate()
            .filter(|(_, member)| member.required)
            .map(|(position, _)| 1 << position)
            .sum();
        assert_eq!(object.required, required, "{}", object.name);
        if let Some(choice) = &object.exactly_one {
            assert!(choice.members.count_ones() >= 2, "{}", object.name);
            assert_eq!(choice.members >> object.members.len(), 0, "{}", object.name);
            // What is one of several cannot be required by itself.
            assert_eq!(choice.members & object.required, 0, "{}", object.name);
        }
    }
    for union in &tables.unions {
        assert!(
            union.variants.len() <= 16,
            "{} has {} variants",
            union.name,
            union.variants.len()
        );
        assert_eq!(
            union.variants.len(),
            tags(union).values.len(),
            "{}",
            union.name
        );
        assert!(union.tag.required, "{}", union.name);
        for variant in union.variants {
            assert!(
                variant
                    .members
                    .iter()
                    .all(|member| member.name != union.tag.name),
                "{} has the tag of {}",
                variant.name,
                union.name
            );
        }
    }
}

#[test]
fn names_are_unique() {
    let tables = Tables::all();
    let objects = tables.objects.iter().map(|object| object.name);
    assert_unique(
        objects
            .chain(tables.unions.iter().map(|union| union.name))
            .chain(tables.enums.iter().map(|list| list.name)),
        "the tables",
    );
    for object in &tables.objects {
        assert_unique(object.members.iter().map(|member| member.name), object.name);
        assert_unique(object.shapes.iter().map(|shape| shape.name), object.name);
        for member in object.members {
            assert!(
                !member.name.is_empty()
                    && member.name.bytes().all(|byte| byte.is_ascii_lowercase()
                        || byte.is_ascii_digit()
                        || byte == b'_'),
                "{}",
                member.name
            );
        }
    }
    for list in &tables.enums {
        assert!(!list.values.is_empty(), "{}", list.name);
        assert_unique(
            list.values
                .iter()
                .map(|value| value.name)
                .chain(list.withdrawn.iter().map(|gone| gone.name)),
            list.name,
        );
        let lower: Vec<_> = list
            .values
            .iter()
            .map(|value| value.name.to_ascii_lowercase())
            .collect();
        assert_unique(lower.iter().map(String::as_str), list.name);
    }
}

#[test]
fn everything_is_documented() {
    let tables = Tables::all();
    for object in &tables.objects {
        assert_documented(object.doc, object.name);
        object.members.iter().for_each(|member| {
            assert_documented(member.doc, &format!("{}.{}", object.name, member.name))
        });
        object
            .shapes
            .iter()
            .for_each(|shape| assert_documented(shape.doc, shape.name));
    }
    for union in &tables.unions {
        assert_documented(union.doc, union.name);
    }
    for list in &tables.enums {
        assert_documented(list.doc, list.name);
        list.values.iter().for_each(|value| {
            assert_documented(value.doc, &format!("{} {}", list.name, value.name))
        });
        for gone in list.withdrawn {
            assert!(
                gone.since.starts_with("20") && !gone.instead.is_empty(),
                "{} {}",
                list.name,
                gone.name
            );
        }
    }
    let sources = tables
        .objects
        .iter()
        .map(|object| object.source)
        .chain(tables.unions.iter().map(|union| union.source));
    for source in sources.chain(tables.enums.iter().map(|list| list.source)) {
        assert!(
            source.url.starts_with("https://developers.facebook.com/"),
            "{}",
            source.url
        );
    }
}

#[test]
fn shapes_name_existing_members() {
    fn value_exists(object: &Object, member: &Member, value: &str) -> bool {
        match *innermost(&member.kind) {
            Kind::Enum(list) => list.values.iter().any(|known| known.name == value),
            other => panic!(
                "{}.{} has the values of {other:?}",
                object.name, member.name
            ),
        }
    }
    fn named_in(object: &Object, name: &str) -> bool {
        object.name == name || object.shapes.iter().any(|shape: &Shape| shape.name == name)
    }
    for object in Tables::all().objects {
        for shape in object.shapes {
            assert_unique(shape.terms.iter().map(|(name, _)| *name), shape.name);
            for (name, term) in shape.terms {
                let member = object.members.iter().find(|member| member.name == *name);
                let member = member.unwrap_or_else(|| {
                    panic!("{} has no {name}, which {} names", object.name, shape.name)
                });
                match term {
                    Term::Needed => assert!(
                        !member.required,
                        "{}.{name} is needed in every shape",
                        object.name
                    ),
                    Term::Never => assert!(
                        !member.required,
                        "{}.{name} is required, and never in {}",
                        object.name, shape.name
                    ),
                    Term::Is(values) | Term::MayBe(values) => {
                        assert!(!values.is_empty());
                        for value in *values {
                            assert!(
                                value_exists(object, member, value),
                                "{}.{name} has no value {value}",
                                object.name
                            );
                        }
                    }
                    Term::As(names) => {
                        for name in names.split(" | ") {
                            let known = match *innermost(&member.kind) {
                                Kind::Object(inner) => named_in(inner, name),
                                Kind::Union(union) => {
                                    union.variants.iter().any(|variant| named_in(variant, name))
                                }
                                other => panic!("{other:?} has no shapes"),
                            };
                            assert!(known, "{}: {name} is no shape", shape.name);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn limits_fit_their_kinds() {
    for (prefix, member) in Tables::all().members() {
        let limits = member.limits;
        let what = format!("{prefix}.{}", member.name);
        let list = matches!(member.kind, Kind::Array(_));
        let text = matches!(
            innermost(&member.kind),
            Kind::String | Kind::StringOrNumber | Kind::Id
        );
        assert!(limits.min <= limits.max, "{what}");
        if limits.min > 0 || limits.max != u32::MAX {
            assert!(
                list || text || matches!(member.kind, Kind::Integer),
                "{what} has a limit that nothing counts"
            );
        }
        assert!(
            !limits.warn_at_max || text && limits.max != u32::MAX,
            "{what}"
        );
        assert!(
            limits.format == Format::Any || text,
            "{what} has a format and is no text"
        );
        assert!(
            limits.decimals == u32::MAX || matches!(member.kind, Kind::Number),
            "{what}"
        );
        assert!(
            limits.unit.is_none() || matches!(member.kind, Kind::Integer),
            "{what}"
        );
        assert!(
            !matches!(member.kind, Kind::Integer)
                || limits.max == u32::MAX
                || limits.unit == Some(Unit::Days),
            "{what}"
        );
        assert!(
            !limits.advised || member.required,
            "{what}: only what is required can be advised instead"
        );
        if let Some((since, instead)) = limits.deprecated {
            assert!(since.starts_with("20") && !instead.is_empty(), "{what}");
        }
    }
}

#[test]
fn limits_of_instagram_are_sensible() {
    let tables = Tables::all();
    let mut differ = 0;
    let sensible = |limits: &Limits, what: &str| {
        assert!(
            !limits.instagram_only || limits.instagram == Availability::Yes,
            "{what} is on Instagram only, and is not on Instagram"
        );
    };
    for (prefix, member) in tables.members() {
        let limits = member.limits;
        let what = format!("{prefix}.{}", member.name);
        sensible(limits, &what);
        if limits.instagram_max != 0 {
            differ += 1;
            assert!(
                matches!(member.kind, Kind::Array(_) | Kind::String),
                "{what}"
            );
            assert_ne!(
                limits.instagram_max, limits.max,
                "{what} has the same limit there"
            );
            assert!(
                limits.instagram_max >= limits.min && limits.instagram == Availability::Yes,
                "{what}"
            );
        }
        assert!(
            !limits.instagram_truncates
                || limits.max != u32::MAX && matches!(member.kind, Kind::String),
            "{what}"
        );
    }
    for list in &tables.enums {
        list.values
            .iter()
            .for_each(|value| sensible(value.limits, &format!("{} {}", list.name, value.name)));
    }
    assert_eq!(
        differ, 2,
        "text and attachments have limits of their own on Instagram"
    );
}

#[test]
fn every_rule_between_members_is_reached() {
    let cases = illegal();
    let broken: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| &case.issues)
        .map(|(_, _, code)| code.as_str())
        .collect();
    let tables = Tables::all();
    let rules = tables.rules();
    assert!(rules.len() > 50, "only {} rules", rules.len());
    for rule in rules {
        // The draft's own rules have their tests in build.rs.
        assert!(
            broken.contains(rule.code) || rule.code.starts_with("draft."),
            "no case breaks {}",
            rule.code
        );
        assert!(
            !rule.fixed,
            "{}: only what tells that nothing can be read is fixed",
            rule.code
        );
        let listed =
            find_rule(rule.code).unwrap_or_else(|| panic!("{} is not in the catalogue", rule.code));
        assert_eq!(
            (listed.severity, listed.graph_code, listed.since),
            (rule.severity, rule.graph_code, rule.since),
            "{}",
            rule.code
        );
    }
}

#[test]
fn rule_codes_differ_from_member_codes() {
    let tables = Tables::all();
    let rules: BTreeSet<_> = tables.rules().into_iter().map(|rule| rule.code).collect();
    let mut declared = BTreeMap::<&str, &Rule>::new();
    for rule in tables.rules() {
        let first = declared.entry(rule.code).or_insert(rule);
        assert_eq!(
            (first.severity, first.summary),
            (rule.severity, rule.summary),
            "{} is two rules",
            rule.code
        );
    }
    // A check of the engine must not be a rule as well: the issue would be reported twice, or in
    // two ways.
    for (prefix, member) in tables.members() {
        let dot = if prefix.is_empty() { "" } else { "." };
        let code = |end: &str| format!("{prefix}{dot}{}.{end}", member.name);
        assert!(!rules.contains(code("type").as_str()), "{}", code("type"));
        if member.required && !member.limits.advised {
            assert!(
                !rules.contains(code("missing").as_str()),
                "{}",
                code("missing")
            );
        }
        if member.required || member.limits.min > 0 {
            assert!(!rules.contains(code("empty").as_str()), "{}", code("empty"));
        }
    }
}

#[test]
fn members_of_the_same_code_agree() {
    // One row of the catalogue may be of several objects' members: what it says must be true of
    // each.
    let tables = Tables::all();
    let mut by_code = BTreeMap::<String, Vec<&'static Member>>::new();
    for (prefix, member) in tables.members() {
        by_code
            .entry(format!("{prefix}.{}", member.name))
            .or_default()
            .push(member);
    }
    let mut shared = 0;
    let agree = |name: &str, what: &str, values: Vec<Option<String>>| {
        let said: BTreeSet<_> = values.into_iter().flatten().collect();
        assert!(said.len() <= 1, "{name}: {what} is {said:?}");
    };
    for (name, members) in by_code.iter().filter(|(_, members)| members.len() > 1) {
        shared += 1;
        let said =
            |say: fn(&Member) -> Option<String>| members.iter().map(|member| say(member)).collect();
        agree(
            name,
            "the most",
            said(|member| (member.limits.max != u32::MAX).then(|| member.limits.max.to_string())),
        );
        agree(
            name,
            "the least",
            said(|member| (member.limits.min > 1).then(|| member.limits.min.to_string())),
        );
        agree(
            name,
            "the most on Instagram",
            said(|member| {
                (member.limits.instagram_max != 0).then(|| member.limits.instagram_max.to_string())
            }),
        );
        agree(
            name,
            "what Instagram cuts",
            said(|member| {
                (member.limits.max != u32::MAX)
                    .then(|| member.limits.instagram_truncates.to_string())
            }),
        );
        agree(
            name,
            "the number of decimals",
            said(|member| {
                (member.limits.decimals != u32::MAX).then(|| member.limits.decimals.to_string())
            }),
        );
        agree(
            name,
            "the unit",
            said(|member| member.limits.unit.map(|unit| unit.name().to_owned())),
        );
        agree(
            name,
            "Graph's code",
            said(|member| Some(member.limits.graph_code.to_string())),
        );
        agree(
            name,
            "the end of it",
            said(|member| {
                member
                    .limits
                    .deprecated
                    .map(|(since, instead)| format!("{since} {instead}"))
            }),
        );
        agree(
            name,
            "whether its values are all listed",
            said(|member| match innermost(&member.kind) {
                Kind::Enum(list) => Some(list.open.to_string()),
                _ => None,
            }),
        );
    }
    assert!(shared > 5, "only {shared} codes are shared");
}

#[test]
fn platforms_have_names() {
    assert_eq!(
        support::PLATFORMS.map(Platform::name),
        ["messenger", "instagram"]
    );
    assert_eq!(Platform::default(), Platform::Messenger);
}

/// The lists that may be empty: no source says that Graph refuses them.
const MAY_BE_EMPTY: [&str; 9] = [
    "customer_information.contact_overrides",
    "customer_information.countries",
    "draft.images",
    "draft.quick_replies",
    "draft.utility.components",
    "notification_messages.elements",
    "receipt.adjustments",
    "receipt.elements",
    "utility.components",
];

#[test]
fn a_list_may_be_empty_only_where_that_was_decided() {
    let mut empty: BTreeSet<String> = BTreeSet::new();
    for (prefix, member) in Tables::all().members() {
        // A component of a utility template without places has no parameters.
        if matches!(member.kind, Kind::Array(_))
            && member.limits.min == 0
            && prefix != "utility.component"
        {
            let dot = if prefix.is_empty() { "" } else { "." };
            empty.insert(format!("{prefix}{dot}{}", member.name));
        }
    }
    assert_eq!(empty, MAY_BE_EMPTY.map(String::from).into());
}

#[test]
fn visible_texts_are_checked_for_placeholders() {
    let names = [
        "title",
        "subtitle",
        "text",
        "button_title",
        "label",
        "placeholder",
    ];
    for (prefix, member) in Tables::all().members() {
        let is_text = matches!(member.kind, Kind::String);
        // Macros are what dynamic_text is for; the draft's own texts are checked in the request.
        let is_exempt = ["dynamic_text", "draft"].contains(&prefix);
        if is_text && names.contains(&member.name) {
            assert_eq!(
                member.limits.visible, !is_exempt,
                "{prefix}.{}",
                member.name
            );
        }
        assert!(
            !member.limits.visible || is_text,
            "{prefix}.{}",
            member.name
        );
    }
}
