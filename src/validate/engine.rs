//! Reads a request against the tables, in one pass, and keeps every issue.

use std::borrow::Cow;
use std::collections::BinaryHeap;

use super::breach::{Breach, kind_name, sentence, values};
use super::catalogue::{DUPLICATE, LONE_SURROGATE, MALFORMED, NOT_AN_OBJECT, TOO_DEEP, TOO_MANY_ISSUES, UNKNOWN_MEMBER, code};
use super::format::{Verdict, look};
use super::issue::{Issue, Segment, pointer};
use super::options::{Options, shortened};
use super::suggest::nearest;
use crate::json::{Next, Reader, Stop, Text};
use crate::payload::facts::{Fact, Findings, Members, Place, UNKNOWN};
use crate::payload::spec::{Availability, Enum, Format, Kind, Limits, Member, Object, Platform, Rule, Severity, Source, UNION_BITS, Union, Unit};

/// How many issues a report holds at most.
pub const MAX_ISSUES: usize = 1000;

/// Why reading ended early.
enum Halt {
    /// The text cannot be read.
    Unreadable(Stop),
    /// There are more issues than are kept.
    TooManyIssues,
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Unreadable(stop)
    }
}

type Read<T> = Result<T, Halt>;

/// Checks a text of JSON against an object's table. Only the members of a [closed](Object::closed) object are looked at: not
/// what they hold.
pub(crate) fn check(text: &str, root: &'static Object, options: &Options) -> Vec<Issue> {
    let mut engine = Engine { reader: Reader::new(text), options, issues: Vec::new(), facts: Vec::new(), closed: root.closed.is_some() };
    if let Err(halt) = engine.root(root) {
        engine.halted(halt, text);
    }
    engine.issues
}

/// The way from the root to a value, kept on the stack.
#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Key { parent: &'p Step<'p>, name: &'p str },
    Item { parent: &'p Step<'p>, index: usize },
}

impl Step<'_> {
    fn path(&self) -> Vec<Segment> {
        let mut path = Vec::new();
        let mut step = self;
        loop {
            match step {
                Step::Root => break,
                Step::Key { parent, name } => {
                    path.push(Segment::Key((*name).to_owned()));
                    step = parent;
                }
                Step::Item { parent, index } => {
                    path.push(Segment::Index(*index));
                    step = parent;
                }
            }
        }
        path.reverse();
        path
    }
}

/// Whose member it is: what its codes begin with, and where it is documented.
#[derive(Clone, Copy)]
struct Owner {
    prefix: &'static str,
    source: &'static Source,
}

/// What reading an object told.
struct Told {
    /// What its check said.
    summary: u32,
    /// The member that tells the variants of its union apart stood twice.
    tag_twice: bool,
}

struct Engine<'a, 'o> {
    reader: Reader<'a>,
    options: &'o Options,
    issues: Vec<Issue>,
    /// The members of the objects that are being read, the innermost last.
    facts: Vec<Fact<'a>>,
    closed: bool,
}

/// An object of which nothing is known: the variant of an unknown tag.
static STRANGER: Object = Object::new("", "", &crate::payload::sources::SEND_API, &[], "");

impl<'a> Engine<'a, '_> {
    fn root(&mut self, root: &'static Object) -> Read<()> {
        if self.reader.peek()? == Next::Object {
            self.object(root, None, &Step::Root)?;
        } else {
            self.opaque(&Step::Root)?;
            self.rule(&NOT_AN_OBJECT, &Step::Root)?;
        }
        Ok(self.reader.end()?)
    }

    /// Past a bound there is one issue that says so.
    fn halted(&mut self, halt: Halt, text: &str) {
        let mut issue = root_issue(match halt {
            Halt::Unreadable(Stop::Malformed(_)) => &MALFORMED,
            Halt::Unreadable(Stop::TooDeep) => &TOO_DEEP,
            Halt::TooManyIssues => &TOO_MANY_ISSUES,
        });
        if let Halt::Unreadable(stop) = halt {
            self.issues.clear();
            if let Stop::Malformed(at) = stop {
                issue.message = malformed(text, at);
            }
        }
        self.issues.push(issue);
    }

    // Objects.

    fn object(&mut self, object: &'static Object, union: Option<&'static Union>, path: &Step<'_>) -> Read<Told> {
        self.reader.open()?;
        let base = self.facts.len();
        self.facts.resize(base + object.members.len(), Fact::Absent);
        let owner = Owner { prefix: object.prefix, source: object.source };
        let before = self.issues.len();
        let mut seen = 0_u64;
        let mut tags = 0_u32;
        let mut strangers = Vec::new();
        let mut expected = 0;
        let mut first = true;
        while let Some(key) = self.reader.member(first)? {
            first = false;
            let lone = self.reader.lone_surrogate();
            let name = key.decoded();
            let place = Step::Key { parent: path, name: &name };
            if let Some((position, member)) = find(object.members, &name, expected) {
                expected = position + 1;
                let bit = 1 << position;
                if seen & bit != 0 {
                    self.twice(before, &place)?;
                }
                seen |= bit;
                let fact = self.member(owner, member, &place)?;
                if let Some(slot) = self.facts.get_mut(base + position) {
                    *slot = fact;
                }
            } else if let Some(union) = union.filter(|union| same(union.tag.name, &name)) {
                tags += 1;
                if tags > 1 {
                    self.twice(before, &place)?;
                }
                self.member(Owner { prefix: union.prefix, source: union.source }, &union.tag, &place)?;
            } else {
                let start = self.issues.len();
                if lone {
                    self.rule(&LONE_SURROGATE, &place)?;
                }
                self.stranger(object, union, &place, &name)?;
                strangers.push((name, start));
            }
        }
        self.repeated(before, strangers, path)?;
        let summary = self.whole(object, seen, base, path)?;
        self.facts.truncate(base);
        Ok(Told { summary, tag_twice: tags > 1 })
    }

    /// A member stands for the second time: what was found of the first does not count.
    fn twice(&mut self, before: usize, place: &Step<'_>) -> Read<()> {
        let path = place.path();
        let mut at = 0;
        self.issues.retain(|issue| {
            at += 1;
            at <= before || !issue.path.starts_with(&path)
        });
        self.rule(&DUPLICATE, place)
    }

    /// A member that the table does not know.
    fn stranger(&mut self, object: &'static Object, union: Option<&'static Union>, place: &Step<'_>, name: &str) -> Read<()> {
        if let Some(rule) = object.closed {
            self.unknown_member(rule, object, union, place, name)?;
        } else if !std::ptr::eq(object, &STRANGER) {
            self.unknown_member(&UNKNOWN_MEMBER, object, union, place, name)?;
        }
        self.opaque(place)
    }

    /// Tells of the unknown names that stand twice, and takes back what was found of all but the last. With each name: how many
    /// issues there were before it. `before`: how many there were before the object.
    fn repeated(&mut self, before: usize, names: Vec<(Cow<'a, str>, usize)>, path: &Step<'_>) -> Read<()> {
        if names.len() < 2 {
            return Ok(());
        }
        // A heap sorts in few bytes of code.
        let names = BinaryHeap::from(names).into_sorted_vec();
        let mut twice: Vec<(&str, usize)> = Vec::new();
        for (first, second) in names.iter().zip(names.iter().skip(1)) {
            if first.0 == second.0 {
                match twice.last_mut().filter(|last| last.0 == second.0) {
                    Some(last) => last.1 = second.1,
                    None => twice.push((&second.0, second.1)),
                }
            }
        }
        if self.issues.len() > before {
            let depth = path.path().len();
            let mut at = 0;
            self.issues.retain(|issue| {
                at += 1;
                let name = issue.path.get(depth);
                at <= before || !twice.iter().any(|(twice, last)| at <= *last && matches!(name, Some(Segment::Key(name)) if name == twice))
            });
        }
        for (name, _) in twice {
            self.rule(&DUPLICATE, &Step::Key { parent: path, name })?;
        }
        Ok(())
    }

    fn unknown_member(
        &mut self,
        rule: &'static Rule,
        object: &'static Object,
        union: Option<&'static Union>,
        place: &Step<'_>,
        name: &str,
    ) -> Read<()> {
        if let Some(issue) = self.begin(rule.severity, rule.code, place)? {
            let known = object.members.iter().map(|member| member.name).chain(union.map(|union| union.tag.name));
            let hint = nearest(name, known).map_or(String::new(), |near| format!(" Did you mean {near}?"));
            issue.message = format!("{} is not documented here.{hint}", shortened(name));
            issue.docs = object.source.url;
        }
        Ok(())
    }

    /// What can only be said of an object when all of it was read.
    fn whole(&mut self, object: &'static Object, seen: u64, base: usize, path: &Step<'_>) -> Read<u32> {
        let missing = object.required & !seen;
        if missing != 0 {
            for (position, member) in object.members.iter().enumerate() {
                if missing >> position & 1 == 1 && !member.limits.advised {
                    let owner = Owner { prefix: object.prefix, source: object.source };
                    self.breach(Breach::Missing, owner, member, &Step::Key { parent: path, name: member.name }, None, None)?;
                }
            }
        }
        if let Some(choice) = &object.exactly_one {
            match (seen & choice.members).count_ones() {
                0 => self.rule(choice.none, path)?,
                1 => {}
                _ => {
                    if let Some(several) = choice.several {
                        self.rule(several, path)?;
                    }
                }
            }
        }
        let Some(check) = object.check else { return Ok(0) };
        let mut found = Vec::new();
        let mut keep = |rule, place| found.push((rule, place));
        let facts = self.facts.get(base..).unwrap_or_default();
        let summary = check(&Members::new(facts, self.options.platform()), &mut Findings::new(&mut keep));
        for (rule, place) in found {
            self.relation(object, rule, place, path)?;
        }
        Ok(summary)
    }

    fn relation(&mut self, object: &'static Object, rule: &'static Rule, place: Place, path: &Step<'_>) -> Read<()> {
        let name = |position: usize| object.members.get(position).map_or("", |member| member.name);
        match place {
            Place::Object => self.rule(rule, path),
            Place::Member(member) => self.rule(rule, &Step::Key { parent: path, name: name(member) }),
            Place::Inside(member, names) => self.rule_inside(rule, names, &Step::Key { parent: path, name: name(member) }),
        }
    }

    fn rule_inside(&mut self, rule: &'static Rule, names: &[&str], path: &Step<'_>) -> Read<()> {
        match names {
            [] => self.rule(rule, path),
            [name, rest @ ..] => self.rule_inside(rule, rest, &Step::Key { parent: path, name }),
        }
    }

    // Members.

    fn member(&mut self, owner: Owner, member: &'static Member, path: &Step<'_>) -> Read<Fact<'a>> {
        if self.closed {
            return self.kept(path);
        }
        let limits = member.limits;
        if let Some(breach) = availability(limits, self.options.platform()) {
            let words = not_there(member.name, breach, limits);
            self.breach(breach, owner, member, path, Some(&words), None)?;
        }
        if limits.deprecated.is_some() {
            self.breach(Breach::Deprecated, owner, member, path, None, None)?;
        }
        self.value(owner, member, &member.kind, path)
    }

    /// A member of a closed object: its text, if it is one, and else that it is there.
    fn kept(&mut self, path: &Step<'_>) -> Read<Fact<'a>> {
        if self.reader.peek()? == Next::String { self.string(path).map(Fact::Text) } else { self.opaque(path).map(|()| Fact::Present) }
    }

    fn value(&mut self, owner: Owner, member: &'static Member, kind: &'static Kind, path: &Step<'_>) -> Read<Fact<'a>> {
        let next = self.reader.peek()?;
        match (kind, next) {
            (Kind::String, Next::String) => self.text(owner, member, kind, path),
            (Kind::StringOrNumber, Next::String) => self.text(owner, member, kind, path),
            (Kind::Short(_), Next::String) => self.string(path).map(Fact::Text),
            (Kind::Short(inner) | Kind::Drafted(inner), _) => self.value(owner, member, inner, path),
            (Kind::Enum(values), Next::String) => self.choice(owner, member, values, path),
            (Kind::Boolean | Kind::LooseBoolean, Next::Boolean) => Ok(Fact::Boolean(self.reader.boolean()?)),
            (Kind::LooseBoolean, Next::String) => self.boolean_text(owner, member, path),
            (Kind::Integer, Next::Number) => self.integer(owner, member, path),
            (Kind::Number, Next::Number) => self.number(owner, member, path),
            (Kind::StringOrNumber, Next::Number) => {
                let number = self.reader.number()?;
                self.finite(owner, member, number, path)?;
                let length = number.len() as u32;
                self.characters(owner, member, Text { raw: number, escaped: false, characters: length, utf16: length, bytes: length }, path)?;
                Ok(Fact::Number(number))
            }
            (Kind::Object(object), Next::Object) => self.object(object, None, path).map(|told| Fact::Object(told.summary)),
            (Kind::Union(union), Next::Object) => self.union(union, path),
            (Kind::Array(inner), Next::Array) => self.list(owner, member, inner, path),
            (Kind::AnyObject, Next::Object) => self.opaque(path).map(|()| Fact::Object(0)),
            (Kind::Any, _) => self.opaque(path).map(|()| Fact::Present),
            _ => {
                self.opaque(path)?;
                let wanted = kind_name(kind);
                let message = format!("{} must be {wanted}, not {}.", described(member, path), next.name());
                self.breach(Breach::Type, owner, member, path, None, Some(&message))?;
                Ok(Fact::Present)
            }
        }
    }

    fn list(&mut self, owner: Owner, member: &'static Member, inner: &'static Kind, path: &Step<'_>) -> Read<Fact<'a>> {
        self.reader.open()?;
        let mut length = 0_usize;
        let mut sum = 0_u32;
        while self.reader.item(length == 0)? {
            let fact = self.value(owner, member, inner, &Step::Item { parent: path, index: length })?;
            length += 1;
            if let Fact::Object(summary) = fact {
                sum = if matches!(inner, Kind::Union(_)) { sum | summary } else { sum.saturating_add(summary) };
            }
        }
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        let limits = member.limits;
        let on_instagram = self.options.platform() == Platform::Instagram && limits.instagram_max != 0;
        let breach = if length < limits.min {
            Some(Breach::TooFew)
        } else if on_instagram && length > limits.instagram_max {
            Some(Breach::TooManyOnInstagram)
        } else if !on_instagram && length > limits.max {
            Some(Breach::TooMany)
        } else {
            None
        };
        if let Some(breach) = breach {
            self.counted(breach, owner, member, path, length, if length == 1 { "item" } else { "items" })?;
        }
        Ok(Fact::Array(length, sum))
    }

    // One of several objects.

    fn union(&mut self, union: &'static Union, path: &Step<'_>) -> Read<Fact<'a>> {
        let start = self.reader.clone();
        let before = self.issues.len();
        let facts = self.facts.len();
        let mut tag = self.first_tag(union)?;
        self.reader = start.clone();
        let (mut variant, mut position) = variant(union, tag);
        let mut told = self.object(variant, Some(union), path)?;
        if told.tag_twice {
            // The last one counts: read once more with that one.
            self.reader = start.clone();
            tag = self.last_tag(union)?;
            self.reader = start;
            self.issues.truncate(before);
            self.facts.truncate(facts);
            (variant, position) = self::variant(union, tag);
            told = self.object(variant, Some(union), path)?;
        }
        if tag == Tag::Missing {
            let owner = Owner { prefix: union.prefix, source: union.source };
            self.breach(Breach::Missing, owner, &union.tag, &Step::Key { parent: path, name: union.tag.name }, None, None)?;
        }
        let bit = position.map_or(0, |position| 1 << position);
        Ok(Fact::Object(bit & UNION_BITS | told.summary << UNION_BITS.count_ones()))
    }

    /// The first member that tells the variants apart: mostly the first of all.
    fn first_tag(&mut self, union: &'static Union) -> Read<Tag<'a>> {
        self.reader.open()?;
        let mut first = true;
        while let Some(key) = self.reader.member(first)? {
            first = false;
            if same(&key.decoded(), union.tag.name) {
                return self.tag();
            }
            self.reader.skip()?;
        }
        Ok(Tag::Missing)
    }

    fn last_tag(&mut self, union: &'static Union) -> Read<Tag<'a>> {
        self.reader.open()?;
        let mut last = Tag::Missing;
        let mut first = true;
        while let Some(key) = self.reader.member(first)? {
            first = false;
            if same(&key.decoded(), union.tag.name) {
                last = self.tag()?;
            } else {
                self.reader.skip()?;
            }
        }
        Ok(last)
    }

    fn tag(&mut self) -> Read<Tag<'a>> {
        if self.reader.peek()? == Next::String {
            return Ok(Tag::Text(self.reader.string()?));
        }
        self.reader.skip()?;
        Ok(Tag::Other)
    }

    // Single values.

    fn string(&mut self, path: &Step<'_>) -> Read<Text<'a>> {
        let text = self.reader.string()?;
        if self.reader.lone_surrogate() {
            self.rule(&LONE_SURROGATE, path)?;
        }
        Ok(text)
    }

    fn text(&mut self, owner: Owner, member: &'static Member, kind: &Kind, path: &Step<'_>) -> Read<Fact<'a>> {
        let text = self.string(path)?;
        // In a list of texts the limits count its items.
        let in_list = !matches!((kind, &member.kind), (Kind::String, Kind::String) | (Kind::StringOrNumber, Kind::StringOrNumber));
        if !in_list {
            self.characters(owner, member, text, path)?;
        }
        if member.limits.format != Format::Any && (text.bytes > 0 || in_list) {
            self.format(owner, member, text, path)?;
        }
        Ok(Fact::Text(text))
    }

    fn characters(&mut self, owner: Owner, member: &'static Member, text: Text<'a>, path: &Step<'_>) -> Read<()> {
        let limits = member.limits;
        let on_instagram = self.options.platform() == Platform::Instagram;
        let bytes_count = on_instagram && limits.instagram_max != 0;
        if text.bytes == 0 {
            if member.required || limits.min > 0 {
                self.breach(Breach::Empty, owner, member, path, None, None)?;
            }
        } else if text.characters < limits.min {
            self.counted(Breach::TooShort, owner, member, path, text.characters, "characters")?;
        } else if bytes_count && text.bytes > limits.instagram_max {
            self.counted(Breach::TooManyBytes, owner, member, path, text.bytes, "bytes of UTF-8")?;
        } else if bytes_count {
            if text.bytes == limits.instagram_max && limits.warn_at_max {
                self.counted(Breach::AtLimit, owner, member, path, text.bytes, "bytes of UTF-8")?;
            }
        } else if text.characters > limits.max {
            self.counted(Breach::TooLong, owner, member, path, text.characters, "characters")?;
        } else if text.utf16 > limits.max {
            let words = format!("{} characters, {} UTF-16 units", text.characters, text.utf16);
            self.measured(Breach::MaybeTooLong, owner, member, path, text.utf16, &words)?;
        } else if limits.warn_at_max && text.characters == limits.max {
            self.counted(Breach::AtLimit, owner, member, path, text.characters, "characters")?;
        }
        Ok(())
    }

    fn format(&mut self, owner: Owner, member: &'static Member, text: Text<'a>, path: &Step<'_>) -> Read<()> {
        let breach = match look(member.limits.format, &text.decoded()) {
            Verdict::Fine => return Ok(()),
            Verdict::Wrong => Breach::Format,
            Verdict::Unusual => Breach::Unusual,
            Verdict::PlainHttp => Breach::PlainHttp,
        };
        self.breach(breach, owner, member, path, None, None)
    }

    fn choice(&mut self, owner: Owner, member: &'static Member, values: &'static Enum, path: &Step<'_>) -> Read<Fact<'a>> {
        let raw = self.string(path)?;
        let text = raw.decoded();
        let other_case = || values.values.iter().position(|value| value.name.eq_ignore_ascii_case(&text));
        if let Some(position) = values.values.iter().position(|value| same(value.name, &text)) {
            self.known_value(owner, member, values, position, path)?;
            return Ok(Fact::Choice(position as u16));
        }
        if let Some(gone) = values.withdrawn.iter().find(|gone| gone.name == text) {
            let words = format!("{} {} was withdrawn on {}: use {}.", member.name, gone.name, gone.since, gone.instead);
            let code = code(owner.prefix, member, Breach::Withdrawn);
            let docs = docs(owner, member);
            if let Some(issue) = self.begin(Severity::Error, &code, path)? {
                issue.message = words;
                issue.graph_code = (gone.graph_code != 0).then_some(gone.graph_code);
                issue.docs = docs;
            }
            return Ok(Fact::Choice(UNKNOWN));
        }
        let near = other_case();
        if let Some((position, value)) = near.filter(|_| values.any_case).and_then(|position| Some((position, values.values.get(position)?))) {
            let words = format!("written {}; the guides write {}", shortened(&text), value.name);
            self.breach(Breach::Spelling, owner, member, path, Some(&words), None)?;
            self.known_value(owner, member, values, position, path)?;
            return Ok(Fact::Choice(position as u16));
        }
        let near = near.and_then(|position| values.values.get(position)).map(|value| value.name);
        let near = near.or_else(|| nearest(&text, values.values.iter().map(|value| value.name)));
        let mut message = sentence(Breach::UnknownValue, member, Some(&format!("\"{}\"", shortened(&text))));
        if let Some(near) = near {
            message.push_str(&format!(" Did you mean {near}?"));
        }
        self.breach(Breach::UnknownValue, owner, member, path, None, Some(&message))?;
        Ok(Fact::Choice(UNKNOWN))
    }

    /// A value that the enum knows may still be unknown to the platform, or on its way out.
    fn known_value(&mut self, owner: Owner, member: &'static Member, values: &'static Enum, position: usize, path: &Step<'_>) -> Read<()> {
        let Some(value) = values.values.get(position) else { return Ok(()) };
        let name = format_args!("{} {}", member.name, value.name);
        if let Some(breach) = availability(value.limits, self.options.platform()) {
            let words = not_there(&name.to_string(), breach, value.limits);
            self.breach(breach, owner, member, path, Some(&words), None)?;
        }
        if let Some((since, instead)) = value.limits.deprecated {
            let words = format!("{name} is deprecated since {since}: use {instead}.");
            self.breach(Breach::DeprecatedValue, owner, member, path, Some(&words), None)?;
        }
        Ok(())
    }

    fn boolean_text(&mut self, owner: Owner, member: &'static Member, path: &Step<'_>) -> Read<Fact<'a>> {
        let text = self.string(path)?;
        match &*text.decoded() {
            word @ ("true" | "false") => {
                self.breach(Breach::Spelling, owner, member, path, Some("a string; the reference has a boolean"), None)?;
                Ok(Fact::Boolean(word == "true"))
            }
            _ => {
                self.breach(Breach::Type, owner, member, path, Some(Next::String.name()), None)?;
                Ok(Fact::Present)
            }
        }
    }

    fn integer(&mut self, owner: Owner, member: &'static Member, path: &Step<'_>) -> Read<Fact<'a>> {
        let number = self.reader.number()?;
        let limits = member.limits;
        match whole_number(number) {
            None => {
                let message = format!("{} must be a whole number, not {}.", member.name, shortened(number));
                self.breach(Breach::Type, owner, member, path, None, Some(&message))?;
            }
            Some(value) if value < i64::from(limits.min) || value > i64::from(limits.max) => {
                let message = sentence(Breach::OutOfRange, member, Some(&shortened(number)));
                let code = code(owner.prefix, member, Breach::OutOfRange);
                let docs = docs(owner, member);
                let (limit, unit) = Breach::OutOfRange.limit(limits);
                if let Some(issue) = self.begin(Severity::Error, &code, path)? {
                    issue.message = message;
                    issue.limit = if value < i64::from(limits.min) { Some(limits.min) } else { limit };
                    issue.actual = u32::try_from(value).ok();
                    issue.unit = unit;
                    issue.docs = docs;
                }
            }
            Some(_) => {}
        }
        Ok(Fact::Number(number))
    }

    fn number(&mut self, owner: Owner, member: &'static Member, path: &Step<'_>) -> Read<Fact<'a>> {
        let number = self.reader.number()?;
        self.finite(owner, member, number, path)?;
        let decimals = number.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
        if decimals > member.limits.decimals as usize {
            self.breach(Breach::Decimals, owner, member, path, Some(&shortened(number)), None)?;
        }
        Ok(Fact::Number(number))
    }

    fn finite(&mut self, owner: Owner, member: &'static Member, number: &str, path: &Step<'_>) -> Read<()> {
        if finite(number) {
            return Ok(());
        }
        let message = format!("{} must be a finite number.", member.name);
        self.breach(Breach::Type, owner, member, path, None, Some(&message))
    }

    /// Passes a value that no table describes; what is wrong with any JSON is still told of.
    fn opaque(&mut self, path: &Step<'_>) -> Read<()> {
        match self.reader.peek()? {
            Next::String => self.string(path).map(drop),
            Next::Array => {
                self.reader.open()?;
                let mut index = 0;
                while self.reader.item(index == 0)? {
                    self.opaque(&Step::Item { parent: path, index })?;
                    index += 1;
                }
                Ok(())
            }
            Next::Object => {
                self.reader.open()?;
                let before = self.issues.len();
                let mut names = Vec::new();
                let mut first = true;
                while let Some(key) = self.reader.member(first)? {
                    first = false;
                    let lone = self.reader.lone_surrogate();
                    let start = self.issues.len();
                    let name = key.decoded();
                    let place = Step::Key { parent: path, name: &name };
                    if lone {
                        self.rule(&LONE_SURROGATE, &place)?;
                    }
                    self.opaque(&place)?;
                    names.push((name, start));
                }
                self.repeated(before, names, path)
            }
            _ => Ok(self.reader.skip()?),
        }
    }

    // Issues.

    fn rule(&mut self, rule: &'static Rule, path: &Step<'_>) -> Read<()> {
        if rule.platform.is_some_and(|platform| platform != self.options.platform()) {
            return Ok(());
        }
        if let Some(issue) = self.begin(rule.severity, rule.code, path)? {
            issue.message = rule.summary.to_owned();
            issue.graph_code = rule.graph_code;
            issue.docs = rule.source.url;
        }
        Ok(())
    }

    fn counted(&mut self, breach: Breach, owner: Owner, member: &'static Member, path: &Step<'_>, actual: u32, what: &str) -> Read<()> {
        self.measured(breach, owner, member, path, actual, &format!("{actual} {what}"))
    }

    fn measured(&mut self, breach: Breach, owner: Owner, member: &'static Member, path: &Step<'_>, actual: u32, words: &str) -> Read<()> {
        let (mut limit, mut unit) = breach.limit(member.limits);
        if breach == Breach::AtLimit && words.ends_with("UTF-8") {
            (limit, unit) = (Some(member.limits.instagram_max), Some(Unit::Bytes));
        }
        let severity = breach.severity(member, self.options.platform());
        let graph_code = graph(severity, member.limits);
        let docs = docs(owner, member);
        if let Some(issue) = self.begin(severity, &code(owner.prefix, member, breach), path)? {
            issue.message = sentence(breach, member, Some(words));
            issue.limit = limit;
            issue.actual = Some(actual);
            issue.unit = unit;
            issue.graph_code = graph_code;
            issue.docs = docs;
        }
        Ok(())
    }

    /// A breach without a count. `found`: what stands there, in words; `message`: instead of the usual sentence.
    fn breach(
        &mut self,
        breach: Breach,
        owner: Owner,
        member: &'static Member,
        path: &Step<'_>,
        found: Option<&str>,
        message: Option<&str>,
    ) -> Read<()> {
        let severity = breach.severity(member, self.options.platform());
        let graph_code = graph(severity, member.limits);
        let docs = docs(owner, member);
        if let Some(issue) = self.begin(severity, &code(owner.prefix, member, breach), path)? {
            issue.message = message.map_or_else(|| sentence(breach, member, found), str::to_owned);
            issue.graph_code = graph_code;
            issue.docs = docs;
        }
        Ok(())
    }

    /// Begins an issue; `None`: the rule is off.
    fn begin(&mut self, severity: Severity, code: &str, path: &Step<'_>) -> Read<Option<&mut Issue>> {
        let severity = if self.options.untouched() { Some(severity) } else { self.options.severity(code, severity) };
        let Some(severity) = severity else { return Ok(None) };
        // One place is kept for the issue that says that there are more.
        if self.issues.len() + 1 >= MAX_ISSUES {
            return Err(Halt::TooManyIssues);
        }
        let path = path.path();
        self.issues.push(Issue {
            code: code.to_owned(),
            severity,
            pointer: pointer(&path),
            path,
            message: String::new(),
            limit: None,
            actual: None,
            unit: None,
            graph_code: None,
            docs: "",
        });
        Ok(self.issues.last_mut())
    }
}

/// The member that tells the variants of a union apart.
#[derive(Clone, Copy, PartialEq)]
enum Tag<'a> {
    Missing,
    Text(Text<'a>),
    Other,
}

fn variant(union: &'static Union, tag: Tag<'_>) -> (&'static Object, Option<usize>) {
    let Tag::Text(text) = tag else { return (&STRANGER, None) };
    let Some(tags) = values(&union.tag.kind) else { return (&STRANGER, None) };
    let text = text.decoded();
    let exact = tags.values.iter().position(|value| same(value.name, &text));
    let position = exact.or_else(|| tags.values.iter().position(|value| tags.any_case && value.name.eq_ignore_ascii_case(&text)));
    match position.and_then(|position| Some((*union.variants.get(position)?, position))) {
        Some((object, position)) => (object, Some(position)),
        None => (&STRANGER, None),
    }
}

fn find(members: &'static [Member], name: &str, expected: usize) -> Option<(usize, &'static Member)> {
    match members.get(expected) {
        Some(member) if same(member.name, name) => Some((expected, member)),
        _ => members.iter().enumerate().find(|(_, member)| same(member.name, name)),
    }
}

/// Compares short texts without a call to `memcmp`, which is what takes the time in WebAssembly.
#[inline]
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(a, b)| a == b)
}

fn availability(limits: &Limits, platform: Platform) -> Option<Breach> {
    match (platform, limits.instagram) {
        (Platform::Messenger, _) => limits.instagram_only.then_some(Breach::Undocumented),
        (Platform::Instagram, Availability::Yes) => None,
        (Platform::Instagram, Availability::Undocumented) => Some(Breach::Undocumented),
        (Platform::Instagram, Availability::Unavailable) => Some(Breach::Unavailable),
    }
}

fn not_there(what: &str, breach: Breach, limits: &Limits) -> String {
    match breach {
        Breach::Unavailable => format!("{what} is not available on Instagram"),
        _ if limits.instagram_only => format!("{what} is Instagram's own: it is not documented for Messenger"),
        _ => format!("{what} is not documented for Instagram"),
    }
}

fn docs(owner: Owner, member: &Member) -> &'static str {
    member.limits.source.unwrap_or(owner.source).url
}

fn graph(severity: Severity, limits: &Limits) -> Option<u32> {
    (severity == Severity::Error && limits.graph_code != 0).then_some(limits.graph_code)
}

/// What a value is called: an item by its list.
fn described(member: &Member, path: &Step<'_>) -> String {
    match path {
        Step::Item { index, .. } => format!("{}[{index}]", member.name),
        _ => member.name.to_owned(),
    }
}

/// An issue of the whole text.
pub(super) fn root_issue(rule: &'static Rule) -> Issue {
    Issue {
        code: rule.code.to_owned(),
        severity: rule.severity,
        path: Vec::new(),
        pointer: String::new(),
        message: rule.summary.to_owned(),
        limit: None,
        actual: None,
        unit: None,
        graph_code: rule.graph_code,
        docs: rule.source.url,
    }
}

/// The value of a number that has no fraction; beyond 64 bits the nearest that is left.
fn whole_number(number: &str) -> Option<i64> {
    let digits = match number.split_once('.') {
        Some((digits, fraction)) => fraction.bytes().all(|digit| digit == b'0').then_some(digits)?,
        None => number,
    };
    let magnitude = digits.strip_prefix('-').unwrap_or(digits);
    if !magnitude.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let value = magnitude.bytes().fold(0_i64, |value, digit| value.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    Some(if digits.len() == magnitude.len() { value } else { -value })
}

/// Whether a number is one that a computer's floating point has: below 10 to the power of 308.
fn finite(number: &str) -> bool {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let digits = mantissa.split('.').next().unwrap_or_default().trim_start_matches(['-', '0']).len();
    let exponent = whole_number(exponent.strip_prefix('+').unwrap_or(exponent)).unwrap_or_default();
    i64::try_from(digits).unwrap_or(i64::MAX).saturating_add(exponent) <= 308
}

/// Where the text stops being JSON, as editors count.
fn malformed(text: &str, at: usize) -> String {
    let read = text.get(..at).unwrap_or(text);
    let line = read.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = read.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    match text.get(at..).and_then(|rest| rest.chars().next()) {
        None => format!("The text is not JSON: it ends too early, at line {line}, column {column}."),
        Some(found) if found.is_control() => format!("The text is not JSON: a control character at line {line}, column {column}."),
        Some(found) => format!("The text is not JSON: {found} is not expected at line {line}, column {column}."),
    }
}
