//! Reads a request against the tables, in one pass. What is wrong goes to `report.rs`, which makes the issues.

use std::borrow::Cow;
use std::collections::BinaryHeap;

use super::breach::Breach;
use super::catalogue::{DUPLICATE, LONE_SURROGATE, MALFORMED, NOT_AN_OBJECT, NULL_MEMBER, TOO_DEEP, TOO_MANY_ISSUES, UNKNOWN_MEMBER};
use super::format::{Verdict, is_plain_address, look};
use super::issue::{Issue, Segment};
use super::options::{Options, shortened};
use super::report::{Detail, did_you_mean, is_absent, malformed, root_issue, root_issue_saying};
use super::suggest::nearest;
use crate::json::numbers::{finite, whole_number};
use crate::json::{Key, Next, Number, Read, Reader, Stop, Text, utf8};
use crate::payload::facts::{Fact, Findings, Members, Place, UNKNOWN};
use crate::payload::spec::{Enum, Format, Kind, Limits, Member, Object, Platform, Rule, Source, UNION_BITS, Union, Unit};
use crate::words::fill;

/// How many issues a report holds at most.
pub const MAX_ISSUES: usize = 1000;

/// The position of the member that tells the variants of a union apart, which is in none of their tables.
const TAG: usize = usize::MAX;

/// A number without an exponent is below 10 to the power of its length.
const SURELY_FINITE: usize = 308;

/// How many members of objects that have a check are open at once, mostly at most.
const USUAL_FACTS: usize = 32;

/// Checks bytes of JSON against an object's table. Only the members of a [closed](Object::closed) object are looked at: not what
/// they hold.
pub(crate) fn check(bytes: &[u8], root: &'static Object, options: &Options) -> Vec<Issue> {
    let reader = Reader::of_bytes(bytes);
    let mut engine =
        Engine { reader, options, issues: Vec::new(), facts: Vec::with_capacity(USUAL_FACTS), closed: root.closed.is_some(), full: false };
    if engine.root(root).is_err() {
        engine.halted(bytes);
    }
    engine.issues
}

/// The way from the root to a value, kept on the stack.
#[derive(Clone, Copy)]
pub(super) enum Step<'p> {
    Root,
    Key { parent: &'p Step<'p>, name: &'p str },
    Item { parent: &'p Step<'p>, index: usize },
}

impl Step<'_> {
    #[inline(never)]
    pub(super) fn path(&self) -> Vec<Segment> {
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

/// A member in its place.
#[derive(Clone, Copy)]
pub(super) struct Spot<'p> {
    /// The object whose member it is.
    pub(super) object: &'static Object,
    /// The union whose variants it tells apart.
    pub(super) union: Option<&'static Union>,
    pub(super) member: &'static Member,
    pub(super) path: &'p Step<'p>,
}

impl Spot<'_> {
    /// What its codes begin with.
    pub(super) fn prefix(&self) -> &'static str {
        self.union.map_or(self.object.prefix, |union| union.prefix)
    }

    /// Where it is documented.
    pub(super) fn source(&self) -> &'static Source {
        self.member.limits.source.unwrap_or(self.union.map_or(self.object.source, |union| union.source))
    }
}

/// How a member was read that mostly is a text.
enum Usual<'a> {
    /// There is nothing to say of it.
    Fine(Fact<'a>),
    /// It is a text that has to be looked at.
    Doubtful(Text<'a>),
    /// It was not read.
    Unread,
}

/// What reading an object told.
struct Told {
    /// What its check said.
    summary: u32,
    /// The member that tells the variants of its union apart stood twice.
    tag_twice: bool,
}

pub(super) struct Engine<'a, 'o> {
    reader: Reader<'a>,
    pub(super) options: &'o Options,
    pub(super) issues: Vec<Issue>,
    /// The members of the objects that are being read and have a check, the innermost last.
    facts: Vec<(u8, Fact<'a>)>,
    closed: bool,
    /// There are more issues than are kept.
    pub(super) full: bool,
}

/// An object of which nothing is known: the variant of an unknown tag.
static STRANGER: Object = Object::new("", "", &crate::payload::sources::SEND_API, &[], "");

impl<'a> Engine<'a, '_> {
    fn root(&mut self, root: &'static Object) -> Read<()> {
        if self.reader.peek()? == Next::Object {
            self.object(root, None, &Step::Root, 0)?;
        } else {
            self.opaque(&Step::Root)?;
            self.rule(&NOT_AN_OBJECT, &Step::Root)?;
        }
        self.reader.end()
    }

    /// Past a bound there is one issue that says so.
    #[cold]
    fn halted(&mut self, bytes: &[u8]) {
        if self.full {
            self.issues.push(root_issue(&TOO_MANY_ISSUES));
            return;
        }
        let issue = match self.reader.stop() {
            Stop::Malformed(at) => root_issue_saying(&MALFORMED, &malformed(bytes, at)),
            _ => root_issue(&TOO_DEEP),
        };
        self.issues.clear();
        self.issues.push(issue);
    }

    // Objects.

    /// Reads an object. `tags`: how often the member that tells the variants of the union apart was read already: it was the
    /// first one.
    fn object(&mut self, object: &'static Object, union: Option<&'static Union>, path: &Step<'_>, mut tags: u32) -> Read<Told> {
        let mut first = tags == 0;
        if first {
            self.reader.open()?;
        }
        let base = self.facts.len();
        let before = self.issues.len();
        let mut seen = 0_u64;
        // Those of them that are null, and count as absent.
        let mut nulls = 0_u64;
        let mut again = (0, 0);
        let mut strangers = Vec::new();
        let mut expected = 0;
        loop {
            // Mostly they stand in the table's order.
            let guessed = object.members.get(expected);
            let guess = guessed.map_or("", |member| member.name);
            let key = self.reader.key(first, guess.as_bytes())?;
            first = false;
            let (position, member) = match (key, guessed) {
                (Key::End, _) => break,
                (Key::Guessed, Some(member)) => (expected, member),
                // The empty name, where there was none to guess.
                (Key::Guessed, None) => {
                    strangers.push(self.stranger(object, union, Text::default(), path)?);
                    continue;
                }
                (Key::Named(name), _) => match find(object, union, name, expected) {
                    Some(found) => found,
                    None => {
                        strangers.push(self.stranger(object, union, name, path)?);
                        continue;
                    }
                },
            };
            if position == TAG {
                tags += 1;
                let place = Step::Key { parent: path, name: member.name };
                if tags > 1 {
                    self.twice(before, &place)?;
                }
                self.member(&Spot { object, union, member, path: &place })?;
                continue;
            }
            expected = position + 1;
            let bit = 1 << position;
            // Where nothing was found since the last time, all is said.
            if seen & bit != 0 && again != (bit, self.issues.len()) {
                self.twice(before, &Step::Key { parent: path, name: member.name })?;
                again = (bit, self.issues.len());
            }
            seen |= bit;
            let fact = match self.usual(member)? {
                Usual::Fine(fact) => fact,
                Usual::Doubtful(text) => {
                    self.text(&Spot { object, union: None, member, path: &Step::Key { parent: path, name: member.name } }, &member.kind, text)?
                }
                Usual::Unread => self.member(&Spot { object, union: None, member, path: &Step::Key { parent: path, name: member.name } })?,
            };
            if matches!(fact, Fact::Absent) {
                nulls |= bit;
            } else if nulls != 0 {
                nulls &= !bit;
            }
            if object.check.is_some() {
                self.facts.push((position as u8, fact));
            }
        }
        if strangers.len() > 1 {
            self.repeated(before, strangers, path)?;
        }
        let summary = self.whole(object, seen & !nulls, nulls, base, path)?;
        self.facts.truncate(base);
        Ok(Told { summary, tag_twice: tags > 1 })
    }

    /// A member stands for the second time: what was found of the first does not count.
    #[cold]
    #[inline(never)]
    fn twice(&mut self, before: usize, place: &Step<'_>) -> Read<()> {
        let path = place.path();
        self.forget(before, &|_, issue| issue.path.starts_with(&path));
        self.rule(&DUPLICATE, place)
    }

    /// Takes back issues, of those behind the first `before`. Each is told with its place in the list.
    #[inline(never)]
    fn forget(&mut self, before: usize, which: &dyn Fn(usize, &Issue) -> bool) {
        let mut at = 0;
        self.issues.retain(|issue| {
            let keep = at < before || !which(at, issue);
            at += 1;
            keep
        });
    }

    /// A member that the table does not know: its name, and how many issues there were before it.
    #[cold]
    #[inline(never)]
    fn stranger(&mut self, object: &'static Object, union: Option<&'static Union>, key: Text<'a>, path: &Step<'_>) -> Read<(Cow<'a, str>, usize)> {
        let before = self.issues.len();
        let name = key.decoded();
        let place = &Step::Key { parent: path, name: &name };
        if self.reader.lone_surrogate() {
            self.rule(&LONE_SURROGATE, place)?;
        }
        if let Some(rule) = object.closed {
            self.unknown_member(rule, object, union, place, &name)?;
        } else if !std::ptr::eq(object, &STRANGER) {
            self.unknown_member(&UNKNOWN_MEMBER, object, union, place, &name)?;
        }
        self.opaque(place)?;
        Ok((name, before))
    }

    /// Tells of the unknown names that stand twice, and takes back what was found of all but the last. With each name: how many
    /// issues there were before it. `before`: how many there were before the object.
    #[inline(never)]
    fn repeated(&mut self, before: usize, names: Vec<(Cow<'a, str>, usize)>, path: &Step<'_>) -> Read<()> {
        // A heap sorts in few bytes of code, and has no bad case.
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
        if twice.is_empty() {
            return Ok(());
        }
        if self.issues.len() > before {
            let depth = path.path().len();
            self.forget(before, &|at, issue| {
                let Some(Segment::Key(name)) = issue.path.get(depth) else { return false };
                twice.iter().any(|(twice, last)| at < *last && name == twice)
            });
        }
        for (name, _) in twice {
            self.rule(&DUPLICATE, &Step::Key { parent: path, name })?;
        }
        Ok(())
    }

    /// What can only be said of an object when all of it was read.
    fn whole(&mut self, object: &'static Object, seen: u64, nulls: u64, base: usize, path: &Step<'_>) -> Read<u32> {
        if object.required & !seen != 0 {
            self.missing(object, seen, path)?;
        }
        if let Some(choice) = &object.exactly_one {
            let chosen = seen & choice.members;
            if chosen == 0 && nulls & choice.members != 0 && object.closed.is_none() {
                self.null_choice(object, nulls & choice.members, path)?;
            } else if chosen == 0 {
                self.rule(choice.none, path)?;
            } else if chosen & (chosen - 1) != 0
                && let Some(several) = choice.several
            {
                self.rule(several, path)?;
            }
        }
        let Some(check) = object.check else { return Ok(0) };
        let mut found = Vec::new();
        let mut keep = |rule, place| found.push((rule, place));
        let facts = self.facts.get(base..).unwrap_or_default();
        let summary = check(&Members::new(facts, seen, self.options.platform()), &mut Findings::new(&mut keep));
        for (rule, place) in found {
            self.relation(object, rule, place, path)?;
        }
        Ok(summary)
    }

    /// Of several members one must be there, and there are only nulls.
    #[cold]
    #[inline(never)]
    fn null_choice(&mut self, object: &'static Object, mut nulls: u64, path: &Step<'_>) -> Read<()> {
        for member in object.members {
            if nulls & 1 == 1 {
                let place = Step::Key { parent: path, name: member.name };
                self.breach(Breach::Type, &Spot { object, union: None, member, path: &place }, Next::Null.name())?;
            }
            nulls >>= 1;
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn missing(&mut self, object: &'static Object, seen: u64, path: &Step<'_>) -> Read<()> {
        let mut missing = object.required & !seen;
        for member in object.members {
            if missing & 1 == 1 && !member.limits.advised {
                let place = Step::Key { parent: path, name: member.name };
                self.breach(Breach::Missing, &Spot { object, union: None, member, path: &place }, "")?;
            }
            missing >>= 1;
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn relation(&mut self, object: &'static Object, rule: &'static Rule, place: Place, path: &Step<'_>) -> Read<()> {
        let (member, names): (_, &[&str]) = match place {
            Place::Object => return self.rule(rule, path),
            Place::Member(member) => (member, &[]),
            Place::Inside(member, names) => (member, names),
        };
        let name = object.members.get(member).map_or("", |member| member.name);
        self.rule_inside(rule, names, &Step::Key { parent: path, name })
    }

    // Members.

    /// Reads a member's text, if it is one, as most are, and if it is to be a text or a value of an enum.
    #[inline(always)]
    fn usual(&mut self, member: &'static Member) -> Read<Usual<'a>> {
        let limits = member.limits;
        let values = match &member.kind {
            Kind::String | Kind::StringOrNumber => None,
            Kind::Enum(values) => Some(values),
            _ => return Ok(Usual::Unread),
        };
        if self.is_doubtful(limits) || self.closed || self.reader.peek()? != Next::String {
            return Ok(Usual::Unread);
        }
        let text = self.reader.string_inlined()?;
        if self.reader.lone_surrogate() {
            return Ok(Usual::Doubtful(text));
        }
        if let Some(values) = values {
            if let Some(position) = position(values, text)
                && let Some(value) = values.values.get(position)
                && !self.is_doubtful(value.limits)
            {
                return Ok(Usual::Fine(Fact::Choice(position as u16)));
            }
        } else if self.surely_fits(text, limits) && (limits.format == Format::Any || text.is_plain() && is_plain_address(limits.format, text.raw)) {
            return Ok(Usual::Fine(Fact::Text(text)));
        }
        Ok(Usual::Doubtful(text))
    }

    #[inline(always)]
    fn member(&mut self, spot: &Spot<'_>) -> Read<Fact<'a>> {
        if self.closed {
            return self.kept(spot.path);
        }
        let limits = spot.member.limits;
        if self.is_doubtful(limits) {
            self.out_of_place(spot)?;
        }
        self.value(spot, &spot.member.kind)
    }

    /// It does not exist on the platform, or is on its way out.
    #[inline(always)]
    fn is_doubtful(&self, limits: &Limits) -> bool {
        is_absent(limits, self.options.platform()) || limits.deprecated.is_some()
    }

    /// A member that does not exist on the platform, or is on its way out; if it is null, it is not there.
    #[cold]
    #[inline(never)]
    fn out_of_place(&mut self, spot: &Spot<'_>) -> Read<()> {
        if self.reader.peek()? == Next::Null {
            return Ok(());
        }
        let limits = spot.member.limits;
        if is_absent(limits, self.options.platform()) {
            self.absent_there(spot, spot.member.name, limits)?;
        }
        if limits.deprecated.is_some() { self.breach(Breach::Deprecated, spot, "") } else { Ok(()) }
    }

    /// A member of a closed object: its text, if it is one, and else that it is there; null is not.
    #[inline(never)]
    fn kept(&mut self, path: &Step<'_>) -> Read<Fact<'a>> {
        match self.reader.peek()? {
            Next::String => self.string(path).map(Fact::Text),
            Next::Null => self.reader.skip().map(|()| Fact::Absent),
            _ => self.opaque(path).map(|()| Fact::Present),
        }
    }

    fn value(&mut self, spot: &Spot<'_>, kind: &'static Kind) -> Read<Fact<'a>> {
        let next = self.reader.peek()?;
        // Most values are texts.
        if next == Next::String {
            return match kind {
                Kind::String | Kind::StringOrNumber | Kind::Enum(_) => {
                    let text = self.reader.string()?;
                    self.text(spot, kind, text)
                }
                Kind::Short(_) => self.string(spot.path).map(Fact::Text),
                Kind::Drafted(inner) => self.value(spot, inner),
                Kind::LooseBoolean => self.boolean_text(spot),
                Kind::Any => self.opaque(spot.path).map(|()| Fact::Present),
                _ => self.mistaken(spot, kind, next),
            };
        }
        match (kind, next) {
            (Kind::Object(object), Next::Object) => self.object(object, None, spot.path, 0).map(|told| Fact::Object(told.summary)),
            (Kind::Union(union), Next::Object) => self.union(union, spot.path),
            (Kind::Array(inner), Next::Array) => self.list(spot, inner),
            (Kind::Short(inner) | Kind::Drafted(inner), _) => self.value(spot, inner),
            (Kind::Array(inner), Next::Object) if spot.member.limits.lone_on_instagram && self.options.platform() == Platform::Instagram => {
                self.lone(spot, inner)
            }
            (Kind::Boolean | Kind::LooseBoolean, Next::Boolean) => self.reader.boolean().map(Fact::Boolean),
            (Kind::Integer | Kind::Number | Kind::StringOrNumber, Next::Number) => self.number(spot, kind),
            (Kind::AnyObject, Next::Object) => self.opaque(spot.path).map(|()| Fact::Object(0)),
            (Kind::Any, _) => self.opaque(spot.path).map(|()| Fact::Present),
            _ => self.mistaken(spot, kind, next),
        }
    }

    #[cold]
    #[inline(never)]
    fn mistaken(&mut self, spot: &Spot<'_>, kind: &Kind, next: Next) -> Read<Fact<'a>> {
        self.opaque(spot.path)?;
        // Clients write null for what is not there. Not for a number: JavaScript writes it for NaN and Infinity.
        let counts = spot.member.required || matches!(kind, Kind::Number | Kind::Integer) || matches!(spot.path, Step::Item { .. });
        if next == Next::Null && !counts {
            self.rule(&NULL_MEMBER, spot.path)?;
            return Ok(Fact::Absent);
        }
        self.detailed(Breach::Type, spot, kind, &Detail { found: next.name(), ..Detail::default() })?;
        Ok(Fact::Present)
    }

    fn list(&mut self, spot: &Spot<'_>, inner: &'static Kind) -> Read<Fact<'a>> {
        self.reader.open()?;
        let mut index = 0;
        let mut sum = 0_u32;
        while self.reader.item(index == 0)? {
            let path = &Step::Item { parent: spot.path, index };
            let fact = self.value(&Spot { path, ..*spot }, inner)?;
            index += 1;
            if let Fact::Object(summary) = fact {
                sum = if matches!(inner, Kind::Union(_)) { sum | summary } else { sum.saturating_add(summary) };
            }
        }
        // A text of 1 MiB has fewer items than that.
        let length = index as u32;
        let limits = spot.member.limits;
        let on_instagram = self.options.platform() == Platform::Instagram && limits.instagram_max != 0;
        if length < limits.min {
            self.counted(Breach::TooFew, spot, length, Unit::Items)?;
        } else if on_instagram && length > limits.instagram_max {
            self.counted(Breach::TooManyOnInstagram, spot, length, Unit::Items)?;
        } else if !on_instagram && length > limits.max {
            self.counted(Breach::TooMany, spot, length, Unit::Items)?;
        }
        Ok(Fact::Array(length, sum))
    }

    /// The only item of a list, in the list's place.
    #[cold]
    #[inline(never)]
    fn lone(&mut self, spot: &Spot<'_>, inner: &'static Kind) -> Read<Fact<'a>> {
        self.breach(Breach::Spelling, spot, "an object; most samples have a list of it")?;
        match self.value(spot, inner)? {
            Fact::Object(summary) => Ok(Fact::Array(1, summary)),
            _ => Ok(Fact::Present),
        }
    }

    // One of several objects.

    fn union(&mut self, union: &'static Union, path: &Step<'_>) -> Read<Fact<'a>> {
        let (start, depth) = (self.reader.position(), self.reader.depth());
        let before = self.issues.len();
        let facts = self.facts.len();
        let mut tag = self.tag(union, true)?;
        let (mut variant, mut bit, is_usual) = self.variant(union, tag.found);
        // Mostly it stands first, and nothing is to be said of it.
        let read = tag.is_first && is_usual;
        if !read {
            self.reader.back_to(start, depth);
        }
        let mut told = self.object(variant, Some(union), path, u32::from(read))?;
        if told.tag_twice {
            // The last one counts: read once more with that one.
            self.reader.back_to(start, depth);
            tag = self.tag(union, false)?;
            self.reader.back_to(start, depth);
            self.issues.truncate(before);
            self.facts.truncate(facts);
            (variant, bit, _) = self.variant(union, tag.found);
            told = self.object(variant, Some(union), path, 0)?;
        }
        if tag.found == Found::Nothing {
            let place = Step::Key { parent: path, name: union.tag.name };
            self.breach(Breach::Missing, &Spot { object: variant, union: Some(union), member: &union.tag, path: &place }, "")?;
        }
        Ok(Fact::Object(bit & UNION_BITS | told.summary << UNION_BITS.count_ones()))
    }

    /// The variant that the tag names, its bit (none for an unknown one), and whether there is nothing to say of the tag.
    fn variant(&self, union: &'static Union, tag: Found<'_>) -> (&'static Object, u32, bool) {
        let (Found::Text(text), Kind::Enum(tags)) = (tag, &union.tag.kind) else { return (&STRANGER, 0, false) };
        let exact = position(tags, text);
        let any_case = || if tags.any_case { in_other_case(tags, &text.decoded()) } else { None };
        let Some(position) = exact.or_else(any_case) else { return (&STRANGER, 0, false) };
        match (union.variants.get(position), tags.values.get(position)) {
            (Some(object), Some(value)) => (object, 1 << position, exact.is_some() && !self.is_doubtful(value.limits)),
            _ => (&STRANGER, 0, false),
        }
    }

    /// The member that tells the variants apart, mostly the first of all: the first of that name, or the last.
    fn tag(&mut self, union: &'static Union, first_counts: bool) -> Read<Tag<'a>> {
        self.reader.open()?;
        let mut tag = Tag { found: Found::Nothing, is_first: false };
        let mut first = true;
        loop {
            let is_tag = match self.reader.key(first, union.tag.name.as_bytes())? {
                Key::End => return Ok(tag),
                Key::Guessed => true,
                Key::Named(name) => name.escaped && name.is(union.tag.name),
            };
            if is_tag {
                tag.is_first = first;
                tag.found = if self.reader.peek()? == Next::String {
                    Found::Text(self.reader.string()?)
                } else {
                    self.reader.skip()?;
                    Found::Other
                };
                if first_counts {
                    return Ok(tag);
                }
            } else if self.reader.leap().is_err() {
                // Reading the object tells where.
                return Ok(tag);
            }
            first = false;
        }
    }

    // Single values.

    #[inline(never)]
    fn string(&mut self, path: &Step<'_>) -> Read<Text<'a>> {
        let text = self.reader.string()?;
        if self.reader.lone_surrogate() {
            self.rule(&LONE_SURROGATE, path)?;
        }
        Ok(text)
    }

    /// A text that was just read.
    #[inline(never)]
    fn text(&mut self, spot: &Spot<'_>, kind: &'static Kind, text: Text<'a>) -> Read<Fact<'a>> {
        if self.reader.lone_surrogate() {
            self.rule(&LONE_SURROGATE, spot.path)?;
        }
        if let Kind::Enum(values) = kind {
            return self.choice(spot, values, text);
        }
        let limits = spot.member.limits;
        // In a list of texts the limits count its items.
        let in_list = !std::ptr::eq(kind, &spot.member.kind);
        if !in_list && !self.surely_fits(text, limits) {
            self.characters(spot, text)?;
        }
        if limits.format != Format::Any && (in_list || !text.raw.is_empty()) {
            self.format(spot, text)?;
        }
        Ok(Fact::Text(text))
    }

    /// Within every limit, however its bytes are counted: no text has more characters, UTF-16 units or bytes than it has bytes in
    /// the JSON.
    #[inline(always)]
    fn surely_fits(&self, text: Text<'_>, limits: &Limits) -> bool {
        let length = text.raw.len();
        let most = if limits.instagram_max == 0 { limits.max } else { limits.max.min(limits.instagram_max) };
        length < most as usize && length > 0 && (limits.min <= 1 || text.is_plain() && length >= limits.min as usize)
    }

    #[inline(never)]
    fn characters(&mut self, spot: &Spot<'_>, text: Text<'a>) -> Read<()> {
        let limits = spot.member.limits;
        let lengths = text.lengths();
        let (characters, utf16, bytes) = (lengths.characters, lengths.utf16, lengths.bytes);
        if bytes == 0 {
            return if spot.member.required || limits.min > 0 { self.breach(Breach::Empty, spot, "") } else { Ok(()) };
        }
        // Whether the least counts UTF-16 units is not documented either.
        if utf16 < limits.min {
            return self.counted(Breach::TooShort, spot, characters, Unit::Characters);
        }
        if self.options.platform() == Platform::Instagram && limits.instagram_max != 0 {
            if bytes > limits.instagram_max {
                return self.counted(Breach::TooManyBytes, spot, bytes, Unit::Bytes);
            }
            if bytes == limits.instagram_max && limits.warn_at_max {
                let found = super::breach::counted(bytes, Some(Unit::Bytes));
                let limit = Some(Breach::TooManyBytes.limit(limits));
                return self.detailed(
                    Breach::AtLimit,
                    spot,
                    &Kind::String,
                    &Detail { found: &found, actual: Some(bytes), limit, ..Detail::default() },
                );
            }
            return Ok(());
        }
        if characters > limits.max {
            self.counted(Breach::TooLong, spot, characters, Unit::Characters)
        } else if utf16 > limits.max {
            let found = [super::breach::counted(characters, Some(Unit::Characters)), super::breach::counted(utf16, None)];
            let found = fill("%, % UTF-16 units", &[&found[0], &found[1]]);
            self.detailed(Breach::MaybeTooLong, spot, &Kind::String, &Detail { found: &found, actual: Some(utf16), ..Detail::default() })
        } else if limits.warn_at_max && characters == limits.max {
            self.counted(Breach::AtLimit, spot, characters, Unit::Characters)
        } else {
            Ok(())
        }
    }

    #[inline(never)]
    fn format(&mut self, spot: &Spot<'_>, text: Text<'a>) -> Read<()> {
        let decoded = text.decoded();
        let format = spot.member.limits.format;
        if decoded.bytes().all(|byte| byte.is_ascii_graphic()) && is_plain_address(format, decoded.as_bytes()) {
            return Ok(());
        }
        let breach = match look(format, &decoded) {
            Verdict::Fine => return Ok(()),
            Verdict::Wrong => Breach::Format,
            Verdict::Unusual => Breach::Unusual,
            Verdict::PlainHttp => Breach::PlainHttp,
        };
        self.breach(breach, spot, "")
    }

    fn choice(&mut self, spot: &Spot<'_>, values: &'static Enum, text: Text<'a>) -> Read<Fact<'a>> {
        let exact = position(values, text);
        let position = match exact {
            Some(position) => position,
            None => match self.misspelt(spot, values, &text.decoded())? {
                Some(position) => position,
                None => return Ok(Fact::Choice(UNKNOWN)),
            },
        };
        // A value that the enum knows may still be unknown to the platform, or on its way out.
        if let Some(value) = values.values.get(position)
            && self.is_doubtful(value.limits)
        {
            self.doubtful(spot, value.name, value.limits)?;
        }
        Ok(Fact::Choice(position as u16))
    }

    #[cold]
    #[inline(never)]
    fn doubtful(&mut self, spot: &Spot<'_>, value: &str, limits: &Limits) -> Read<()> {
        let name = fill("% %", &[spot.member.name, value]);
        if is_absent(limits, self.options.platform()) {
            self.absent_there(spot, &name, limits)?;
        }
        if let Some((since, instead)) = limits.deprecated {
            self.breach(Breach::DeprecatedValue, spot, &fill("% is deprecated since %: use %.", &[&name, since, instead]))?;
        }
        Ok(())
    }

    /// A value that the enum does not have: the place of the one that is meant all the same, where that is sure.
    #[cold]
    #[inline(never)]
    fn misspelt(&mut self, spot: &Spot<'_>, values: &'static Enum, text: &str) -> Read<Option<usize>> {
        let member = spot.member;
        if let Some(gone) = values.withdrawn.iter().find(|gone| gone.name == text) {
            let found = fill("% % was withdrawn on %: use %.", &[member.name, gone.name, gone.since, gone.instead]);
            let graph_code = (gone.graph_code != 0).then_some(gone.graph_code);
            self.detailed(Breach::Withdrawn, spot, &member.kind, &Detail { found: &found, graph_code, ..Detail::default() })?;
            return Ok(None);
        }
        let other_case = in_other_case(values, text);
        let near = other_case.and_then(|position| values.values.get(position)).map(|value| value.name);
        if values.any_case
            && let Some(name) = near
        {
            self.breach(Breach::Spelling, spot, &fill("written %; the guides write %", &[&shortened(text), name]))?;
            return Ok(other_case);
        }
        let near = near.or_else(|| nearest(text, &mut values.values.iter().map(|value| value.name)));
        let found = fill("\"%\"", &[&shortened(text)]);
        self.detailed(Breach::UnknownValue, spot, &member.kind, &Detail { found: &found, hint: &did_you_mean(near), ..Detail::default() })?;
        Ok(None)
    }

    #[inline(never)]
    fn boolean_text(&mut self, spot: &Spot<'_>) -> Read<Fact<'a>> {
        let text = self.string(spot.path)?;
        let truth = text.is("true");
        if !truth && !text.is("false") {
            self.breach(Breach::Type, spot, Next::String.name())?;
            return Ok(Fact::Present);
        }
        self.breach(Breach::Spelling, spot, "a string; the reference has a boolean")?;
        Ok(Fact::Boolean(truth))
    }

    #[inline(never)]
    fn number(&mut self, spot: &Spot<'_>, kind: &Kind) -> Read<Fact<'a>> {
        let Number { text: number, decimals, has_exponent } = self.reader.number()?;
        let digits = number.raw;
        let limits = spot.member.limits;
        match kind {
            Kind::Integer => self.integer(spot, digits)?,
            _ if (has_exponent || digits.len() > SURELY_FINITE) && !finite(digits) => {
                self.detailed(Breach::Type, spot, kind, &Detail { found: "an infinite one", ..Detail::default() })?;
            }
            Kind::Number if decimals > limits.decimals as usize => self.breach(Breach::Decimals, spot, &shortened(utf8(digits)))?,
            Kind::StringOrNumber if !self.surely_fits(number, limits) => self.characters(spot, number)?,
            _ => {}
        }
        Ok(Fact::Number(number))
    }

    fn integer(&mut self, spot: &Spot<'_>, number: &[u8]) -> Read<()> {
        let limits = spot.member.limits;
        let Some(value) = whole_number(number) else { return self.breach(Breach::Type, spot, &shortened(utf8(number))) };
        let below = value < i64::from(limits.min);
        if !below && value <= i64::from(limits.max) {
            return Ok(());
        }
        let (limit, unit) = Breach::OutOfRange.limit(limits);
        let limit = Some((if below { Some(limits.min) } else { limit }, unit));
        let actual = u32::try_from(value).ok();
        let found = &*shortened(utf8(number));
        self.detailed(Breach::OutOfRange, spot, &Kind::Integer, &Detail { found, actual, limit, ..Detail::default() })
    }

    /// Passes a value that no table describes; what is wrong with any JSON is still told of.
    #[inline(never)]
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
                while let Some(key) = self.reader.member(names.is_empty())? {
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
                if names.len() > 1 { self.repeated(before, names, path) } else { Ok(()) }
            }
            _ => self.reader.skip(),
        }
    }
}

/// The member that tells the variants of a union apart.
struct Tag<'a> {
    found: Found<'a>,
    /// It stands before every other member.
    is_first: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Found<'a> {
    Nothing,
    Text(Text<'a>),
    Other,
}

/// The position of a value of an enum, in whatever letter case.
#[cold]
#[inline(never)]
fn in_other_case(values: &Enum, text: &str) -> Option<usize> {
    values.values.iter().position(|value| value.name.eq_ignore_ascii_case(text))
}

/// A member of the object, with its position; or the tag of its union, which has none. Mostly it is one behind the one that was
/// expected, which was left out.
fn find(object: &'static Object, union: Option<&'static Union>, name: Text<'_>, expected: usize) -> Option<(usize, &'static Member)> {
    for from in [expected, 0] {
        for (position, member) in object.members.iter().enumerate().skip(from) {
            if name.is(member.name) {
                return Some((position, member));
            }
        }
    }
    let union = union?;
    if name.is(union.tag.name) { Some((TAG, &union.tag)) } else { None }
}

/// The position of a value of an enum.
#[inline(always)]
fn position(values: &Enum, text: Text<'_>) -> Option<usize> {
    for (position, value) in values.values.iter().enumerate() {
        if text.is(value.name) {
            return Some(position);
        }
    }
    None
}
