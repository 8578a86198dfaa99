//! `payload.d.ts`: what may be said, as TypeScript types.
//!
//! An object with several forms becomes a union of one interface per form. Every form names every
//! member, those that are out as `never`: so a member can be read from the union, and two members
//! of a choice do not compile together.
//!
//! An editor shows the documentation of a member in a literal if every form that the literal can
//! still become has the very same declaration of it: one that they inherit. So the forms of an
//! object share a base, the buttons of a draft share their members, and no mapped type stands
//! between the forms of a draft's template, since it declares each member anew.

use crate::model::{Model, Named, Use, tags, variants};
use crate::prose::{self, wrap};
use messenger_send::payload::spec::{Enum, Kind, Limits, Member, Object, Source, Term, Union};
use std::collections::HashSet;

const WIDTH: usize = 110;

const JSON_TYPES: &str = "\
/** Any value that JSON has. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** Any object that JSON has. */
export interface JsonObject {
  [member: string]: JsonValue;
}
";

/// What a draft may shorten inside a template: `src/build/short.rs` writes it out. `{title}` and
/// `{payload}` stand for the documentation of a postback button's members, `{objects}` for the
/// objects with buttons, `{tag:X}` for the tag of a button, and `{members:X}` for its other
/// members.
///
/// A button may be without its `type`, so all buttons with a `title` or a `payload` inherit the
/// same one; where it is optional, there is a form with it and one without it. A log-in button has
/// no title, so that a button with `title` and `url` is not taken for one.
const DRAFTED_TYPES: &str = "\
/** As on the wire, but a button may stand without its `type`. */
export type Drafted<T> =
  T extends UrlButton ? ShortUrlButton
  : T extends PostbackButton ? ShortPostbackButton
  : T extends CallButton ? DraftedCallButton | ShortCallButton
  : T extends GameButton ? DraftedGameButton
  : T extends AudioCallButton ? DraftedAudioCallButton
  : T extends AppButton ? DraftedAppButton
  : T extends LogInButton ? DraftedLogInButton
  : T extends Button ? T
{objects}  : T extends object ? { [Member in keyof T]: Drafted<T[Member]> }
  : T;

interface DraftedButtonTitle {
{title}  title: string;
}

interface DraftedButtonPayload {
{payload}  payload: string;
}

/** A button that opens a page, in a draft. */
export interface ShortUrlButton extends DraftedButtonTitle {
  /** Opens a page. If absent, `url` makes it `web_url`. */
  type?: \"web_url\";
{members:UrlButton}  payload?: never;
  phone_number?: never;
}

/** A button that sends a postback, in a draft. */
export interface ShortPostbackButton extends DraftedButtonTitle, DraftedButtonPayload {
  /** Sends a postback to the webhook. If absent, `payload` makes it `postback`. */
  type?: \"postback\";
  url?: never;
  phone_number?: never;
}

/** A button that calls a telephone number, in a draft: it becomes `phone_number`. */
export interface ShortCallButton extends DraftedButtonTitle {
  type?: never;
  url?: never;
  payload?: never;
  /** The number: `+`, country code, area code, local number. It becomes `payload`. */
  phone_number: string;
}

/** A button that calls a phone number, in a draft, as on the wire. */
export interface DraftedCallButton extends DraftedButtonTitle, DraftedButtonPayload {
{tag:CallButton}}

/** A button that logs the person in, in a draft. */
export interface DraftedLogInButton extends LogInButton {
  title?: never;
}

/** A button that starts an Instant Game, in a draft. */
export type DraftedGameButton = DraftedGameWithPayload | DraftedGameWithoutPayload;

interface DraftedGameMembers extends DraftedButtonTitle {
{tag:GameButton}{members:GameButton}}

interface DraftedGameWithPayload extends DraftedGameMembers, DraftedButtonPayload {}

interface DraftedGameWithoutPayload extends DraftedGameMembers {
  payload?: undefined;
}

/** A button that calls the business in Messenger, in a draft. */
export interface DraftedAudioCallButton extends DraftedButtonTitle {
{tag:AudioCallButton}{members:AudioCallButton}}

/** A button that opens an app, in a draft. */
export type DraftedAppButton = DraftedAppWithTitle | DraftedAppWithoutTitle;

interface DraftedAppMembers {
{tag:AppButton}{members:AppButton}}

interface DraftedAppWithTitle extends DraftedAppMembers, DraftedButtonTitle {}

interface DraftedAppWithoutTitle extends DraftedAppMembers {
  title?: undefined;
}
";

/// The type of a draft that a function takes. `{base}` stands for what all drafts have, `{names}`
/// and `{classes}` for the forms, `{offered}` and `{patterns}` for the contents.
const ARGUMENT: &str = "\
/**
 * A draft that a function takes: the same as `MessageDraft`, but once the draft has a content, an editor no
 * longer offers the others.
 */
export type MessageDraftArgument =
{names}  | DraftWithoutContent
  | DraftBesideContent;

// An editor offers the members of all types of a union that the literal can still become, except
// those of a class with a private member. Each form of a draft rules out the other contents and
// thereby names them, so the forms are classes here. No value has the private member, and none
// needs it. What is offered comes from two types that no draft has, since it would need a member
// of type `never`: one with all contents, which is ruled out once there is one, and one without.
declare const content: unique symbol;

interface DraftWithoutContent extends {base} {
  readonly [content]: never;
{offered}}

interface DraftBesideContent extends {base} {
  readonly [content]: never;
  // The contents can be read, but are not offered.
  [content:{patterns}]: undefined;
}
{classes}";

/// The declarations of everything that these objects reach, and the codes of the rules.
pub fn render(roots: &[&'static Object], codes: &[&str]) -> String {
    let model = Model::reach(roots, is_out);
    let mut writer = Writer {
        model: &model,
        blocks: vec![],
        names: HashSet::new(),
    };
    for named in &model.types {
        match named {
            Named::Object(object) => writer.object(object),
            Named::Enum(list) => writer.list(list),
            Named::Union(union) => writer.union(union),
        }
    }
    if !codes.is_empty() {
        let doc = doc(
            0,
            &["The stable name of a rule: `rules()` says what each means."],
            &[],
        );
        let codes: Vec<_> = codes.iter().map(|code| literal(code)).collect();
        writer.add(
            "RuleCode",
            format!(
                "{doc}export type RuleCode ={};\n",
                alternatives(&codes, "RuleCode")
            ),
        );
    }
    if model.drafted {
        writer.drafted();
    }
    writer.blocks.push(JSON_TYPES.to_owned());
    let head = format!(
        "// Generated by `{}` from the declarations in src/payload and src/build: change those, not this file.\n\n// Only what says `export` is exported.\nexport {{}};\n",
        crate::COMMAND
    );
    format!("{head}\n{}", writer.blocks.join("\n"))
}

struct Writer<'m> {
    model: &'m Model,
    blocks: Vec<String>,
    names: HashSet<String>,
}

/// Where an object stands: in a draft, its buttons may be without `type`.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Wire,
    Draft,
}

impl Side {
    /// The type of this name on this side.
    fn name(self, name: &str) -> String {
        match self {
            Self::Wire => name.to_owned(),
            Self::Draft => format!("Drafted{name}"),
        }
    }
}

/// One form of an object.
struct Form {
    name: String,
    doc: String,
    terms: Vec<(&'static str, Term)>,
}

impl Writer<'_> {
    fn add(&mut self, name: &str, block: String) {
        assert!(
            self.names.insert(name.to_owned()),
            "two types have the name {name}"
        );
        self.blocks.push(block);
    }

    fn object(&mut self, object: &'static Object) {
        let head = doc(
            0,
            &strings(&prose::paragraphs(object.doc)),
            &[see(object.source)],
        );
        self.declare(object, &head, Side::Wire);
    }

    /// An object as one interface, or as a union of its forms.
    fn declare(&mut self, object: &'static Object, head: &str, side: Side) {
        let tag = self.model.own_tag(object).map(tag_line).unwrap_or_default();
        let forms = forms(object);
        let terms = match forms.as_slice() {
            [] => &[][..],
            [form] if form.name == object.name => &form.terms,
            forms => return self.forms(object, forms, head, &tag, side),
        };
        let name = side.name(object.name);
        let body = braces(&format!("{tag}{}", body(object, terms, side)));
        self.add(&name, format!("{head}export interface {name} {body}\n"));
    }

    /// A union of the object's forms, with what they have in common in a base.
    fn forms(
        &mut self,
        object: &'static Object,
        forms: &[Form],
        head: &str,
        tag: &str,
        side: Side,
    ) {
        let union = side.name(object.name);
        let names: Vec<_> = forms
            .iter()
            .filter(|form| !forms.iter().any(|wide| covers(wide, form)))
            .map(|form| side.name(&form.name))
            .collect();
        self.add(
            &union,
            format!(
                "{head}export type {union} ={};\n",
                alternatives(&names, &union)
            ),
        );
        let base = format!("{union}Members");
        let out: Vec<_> = object
            .members
            .iter()
            .filter(|member| is_out(object, member))
            .map(|member| (member.name, Term::Never))
            .collect();
        let contents = contents(object);
        let lines: String = object
            .members
            .iter()
            .filter(|member| !contents.contains(&member.name))
            .map(|member| line(object, member, term(&out, member.name), side))
            .collect();
        self.add(
            &base,
            format!("interface {base} {}\n", braces(&format!("{tag}{lines}"))),
        );
        let shared = shared(forms);
        if let Some((name, term)) = shared {
            let line = line(object, member(object, name), Some(term), side);
            self.add(
                &format!("{base}Of{}", pascal(name)),
                format!(
                    "interface {base}Of{} extends {base} {}\n",
                    pascal(name),
                    braces(&line)
                ),
            );
        }
        for form in forms {
            let head = doc(0, &[&form.doc], &[]);
            let lines: String = object
                .members
                .iter()
                .filter(|member| !is_out(object, member))
                .filter_map(|member| {
                    let term = term(&form.terms, member.name)
                        .filter(|term| shared != Some((member.name, *term)))?;
                    if contents.contains(&member.name) && term != Term::Never {
                        return Some(line(object, member, Some(term), side));
                    }
                    Some(own_line(object, member, term, side))
                })
                .collect();
            let name = side.name(&form.name);
            let base = match shared {
                Some((name, term)) if self::term(&form.terms, name) == Some(term) => {
                    format!("{base}Of{}", pascal(name))
                }
                _ => base.clone(),
            };
            self.add(
                &name,
                format!(
                    "{head}export interface {name} extends {base} {}\n",
                    braces(&lines)
                ),
            );
        }
        if !contents.is_empty() {
            self.argument(object, forms, &base, shared);
        }
    }

    /// The type of a draft that a function takes: see `ARGUMENT`.
    fn argument(
        &mut self,
        object: &'static Object,
        forms: &[Form],
        base: &str,
        shared: Option<(&str, Term)>,
    ) {
        let base = match shared {
            Some((name, _)) => format!("{base}Of{}", pascal(name)),
            None => base.to_owned(),
        };
        let contents = contents(object);
        let offered: String = contents
            .iter()
            .map(|name| {
                let line = line(object, member(object, name), Some(Term::Never), Side::Wire);
                line.replace("?: never;", "?: undefined;")
            })
            .collect();
        let classes: String = forms
            .iter()
            .map(|form| {
                format!(
                    "\ndeclare class {0}Argument {{\n  private readonly [content]?: undefined;\n}}\ninterface {0}Argument extends {0} {{}}\n",
                    form.name
                )
            })
            .collect();
        let names: String = forms
            .iter()
            .map(|form| format!("  | {}Argument\n", form.name))
            .collect();
        let patterns: Vec<_> = contents
            .iter()
            .map(|name| format!("`{name}${{string}}`"))
            .collect();
        let types = ARGUMENT
            .replace("{base}", &base)
            .replace("{names}", &names)
            .replace("{offered}", &offered)
            .replace(
                "{patterns}",
                &alternatives(&patterns, "    [content: ").replace("\n  |", "\n    |"),
            )
            .replace("{classes}", &classes);
        self.blocks.push(types);
    }

    /// What a draft may shorten. An object with buttons is there twice: a mapped type would declare
    /// each of its members anew, without its documentation.
    fn drafted(&mut self) {
        let objects: Vec<_> = self
            .model
            .types
            .iter()
            .filter_map(|named| match named {
                Named::Object(object) => Some(*object),
                _ => None,
            })
            .collect();
        let (mut templates, mut others) = (String::new(), String::new());
        for object in objects.iter().copied().filter(|object| has_buttons(object)) {
            let text = format!(
                "{} Its buttons may be without `type`.",
                prose::one_line(object.doc)
            );
            self.declare(object, &doc(0, &[&text], &[]), Side::Draft);
            let line = format!("  : T extends {0} ? Drafted{0}\n", object.name);
            if self.model.own_tag(object).is_some() {
                templates.push_str(&line);
            } else {
                others.push_str(&line);
            }
        }
        // A template without buttons stays as it is; some have the members of a card.
        let mut types = DRAFTED_TYPES.replace(
            "{objects}",
            &format!("{templates}  : T extends Template ? T\n{others}"),
        );
        for object in objects {
            if let Some(tag) = self.model.own_tag(object) {
                types = types.replace(&format!("{{tag:{}}}", object.name), &tag_line(tag));
            }
            let lines: String = object
                .members
                .iter()
                .filter(|member| !["title", "payload"].contains(&member.name))
                .map(|member| line(object, member, None, Side::Draft))
                .collect();
            types = types.replace(&format!("{{members:{}}}", object.name), &lines);
            if object.name == "PostbackButton" {
                types = types
                    .replace(
                        "{title}",
                        &documented(
                            object,
                            "title",
                            "For `game_play` and `audio_call` no limit is documented.",
                        ),
                    )
                    .replace(
                        "{payload}",
                        &documented(
                            object,
                            "payload",
                            "With `type: \"phone_number\"` it is the number, with `game_play` the payload that the game receives.",
                        ),
                    );
            }
        }
        self.blocks.push(types);
    }

    fn list(&mut self, list: &Enum) {
        let head = doc(
            0,
            &strings(&prose::paragraphs(list.doc)),
            &[see(list.source)],
        );
        let mut lines = String::new();
        for value in list.values {
            let mut said = prose::paragraphs(value.doc);
            if let Some(sentence) = prose::availability(value.limits)
                && !value.doc.contains("Instagram")
            {
                said.push(sentence.to_owned());
            }
            lines.push_str(&format!(
                "\n{}  | {}",
                doc(1, &[&said.join(" ")], &deprecation(value.limits)),
                literal(value.name)
            ));
        }
        if list.open {
            lines.push_str(&format!(
                "\n{}  | (string & {{}})",
                doc(1, &["The API's pages do not list every value."], &[])
            ));
        }
        self.add(
            list.name,
            format!("{head}export type {} ={lines};\n", list.name),
        );
    }

    fn union(&mut self, union: &'static Union) {
        let mut said = prose::paragraphs(union.doc);
        said.push(format!("`{}` says which.", union.tag.name));
        let head = doc(0, &strings(&said), &[see(union.source)]);
        let mut names = vec![];
        let mut extra = vec![];
        for (object, found) in variants(union) {
            let (name, own_type) = self.model.variant_name(object, union, &found.tags);
            if own_type {
                let line = tag_line(&found);
                let block = if forms(object).len() > 1 {
                    format!(
                        "export type {name} = {} & {};\n",
                        object.name,
                        braces(&line)
                    )
                } else {
                    format!(
                        "export interface {name} extends {} {}\n",
                        object.name,
                        braces(&line)
                    )
                };
                extra.push((name.clone(), block));
            }
            names.push(name);
        }
        if names != [union.name] {
            self.add(
                union.name,
                format!(
                    "{head}export type {} ={};\n",
                    union.name,
                    alternatives(&names, union.name)
                ),
            );
        }
        for (name, block) in extra {
            let head = if name == union.name {
                head.as_str()
            } else {
                ""
            };
            self.add(&name, format!("{head}{block}"));
        }
    }
}

/// The forms of an object: its shapes, each with the other members of a choice ruled out; or one
/// for each choice.
fn forms(object: &Object) -> Vec<Form> {
    let choice: Vec<_> = object
        .exactly_one
        .iter()
        .flat_map(|choice| {
            object
                .members
                .iter()
                .enumerate()
                .filter(|(at, _)| choice.members >> at & 1 == 1)
        })
        .map(|(_, member)| member.name)
        .collect();
    let mut forms: Vec<_> = object
        .shapes
        .iter()
        .map(|shape| Form {
            name: shape.name.to_owned(),
            doc: shape.doc.to_owned(),
            terms: shape.terms.to_vec(),
        })
        .collect();
    if forms.is_empty() {
        forms = choice
            .iter()
            .map(|&name| Form {
                name: format!("{}With{}", object.name, pascal(name)),
                doc: format!("{} Here it is `{name}`.", prose::one_line(object.doc)),
                terms: vec![(name, Term::Needed)],
            })
            .collect();
    }
    for form in &mut forms {
        for &(name, _) in &form.terms {
            assert!(
                object.members.iter().any(|member| member.name == name),
                "{}: {} has no member {name}",
                form.name,
                object.name
            );
        }
        if form.terms.iter().any(|(name, term)| {
            choice.contains(name) && !matches!(term, Term::Never | Term::MayBe(_))
        }) {
            for &name in &choice {
                if term(&form.terms, name).is_none() {
                    form.terms.push((name, Term::Never));
                }
            }
        }
    }
    forms
}

/// The contents of a draft, each of which one form has and the others do not.
fn contents(object: &Object) -> Vec<&'static str> {
    match object.exactly_one {
        Some(choice) if object.closed.is_some() => object
            .members
            .iter()
            .enumerate()
            .filter(|(at, _)| choice.members >> at & 1 == 1)
            .map(|(_, member)| member.name)
            .collect(),
        _ => vec![],
    }
}

/// An optional member that several forms have with the same values: they inherit it.
fn shared(forms: &[Form]) -> Option<(&'static str, Term)> {
    let mut terms = forms.iter().flat_map(|form| &form.terms);
    terms
        .find(|(name, it)| {
            let alike = |form: &&Form| term(&form.terms, name) == Some(*it);
            matches!(it, Term::MayBe(_)) && forms.iter().filter(alike).count() > 1
        })
        .copied()
}

fn member(object: &Object, name: &str) -> &'static Member {
    object.members.iter().find(|it| it.name == name).unwrap()
}

/// Whether each value of a form is one of a wider form too: a union of both says no more, and hides
/// the documentation of the member that the narrower one declares again.
fn covers(wide: &Form, form: &Form) -> bool {
    wide.name != form.name
        && form.terms.iter().all(|&(name, narrow)| {
            let there = term(&wide.terms, name);
            match narrow {
                Term::As(_) => matches!(there, None | Some(Term::Needed)),
                narrow => there.is_some_and(|there| there == narrow),
            }
        })
        && wide
            .terms
            .iter()
            .all(|(name, _)| term(&form.terms, name).is_some())
}

/// Whether buttons of templates are in the object.
fn has_buttons(object: &Object) -> bool {
    object
        .members
        .iter()
        .any(|member| button_holder(&member.kind).is_some())
}

/// The name of a button, or of an object with buttons, that a member is or is a list of.
fn button_holder(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Union(union) if ["Button", "GridButton"].contains(&union.name) => Some(union.name),
        Kind::Object(object) if has_buttons(object) => Some(object.name),
        Kind::Array(inner) => button_holder(inner),
        _ => None,
    }
}

/// The documentation of a member, with a sentence more.
fn documented(object: &Object, name: &str, more: &str) -> String {
    let member = member(object, name);
    let mut said = prose::paragraphs(member.doc);
    said.extend(prose::limits(&member.kind, member.limits, member.doc));
    said.push(more.to_owned());
    doc(1, &[&said.join(" ")], &[])
}

/// No form of the object has the member.
fn is_out(object: &Object, member: &Member) -> bool {
    let forms = forms(object);
    !forms.is_empty()
        && forms
            .iter()
            .all(|form| matches!(term(&form.terms, member.name), Some(Term::Never)))
}

fn term(terms: &[(&'static str, Term)], name: &str) -> Option<Term> {
    terms
        .iter()
        .find(|(member, _)| *member == name)
        .map(|(_, term)| *term)
}

/// A member as a form has it. An editor that shows what two forms have in common inherits no
/// documentation, so what must be there says it again.
fn own_line(object: &Object, member: &Member, term: Term, side: Side) -> String {
    match term {
        Term::Needed | Term::As(_) => line(object, member, Some(term), side),
        _ => format!("  {}\n", signature(member, Some(term), side)),
    }
}

/// The members of an object, with their documentation.
fn body(object: &Object, terms: &[(&'static str, Term)], side: Side) -> String {
    object
        .members
        .iter()
        .map(|member| line(object, member, term(terms, member.name), side))
        .collect()
}

/// A member with its documentation.
fn line(object: &Object, member: &Member, term: Option<Term>, side: Side) -> String {
    let mut said = prose::paragraphs(member.doc);
    let mut marks = vec![];
    if !matches!(term, Some(Term::Never)) {
        said.extend(prose::limits(&member.kind, member.limits, member.doc));
        marks.extend(deprecation(member.limits));
        marks.extend(
            member
                .limits
                .source
                .filter(|source| *source != object.source)
                .map(see),
        );
    }
    format!(
        "{}  {}\n",
        doc(1, &[&said.join(" ")], &marks),
        signature(member, term, side)
    )
}

fn signature(member: &Member, term: Option<Term>, side: Side) -> String {
    let name = member.name;
    let short = (side == Side::Draft)
        .then(|| button_holder(&member.kind))
        .flatten()
        .map(|name| format!("Drafted<{name}>"));
    let short = short.as_deref();
    match term {
        None if member.required => format!("{name}: {};", type_of(&member.kind, short)),
        None => format!("{name}?: {};", type_of(&member.kind, short)),
        Some(Term::Needed) => format!("{name}: {};", type_of(&member.kind, short)),
        Some(Term::Never) => format!("{name}?: never;"),
        Some(Term::Is(values)) => format!("{name}: {};", literals(values)),
        Some(Term::MayBe(values)) => format!("{name}?: {};", literals(values)),
        Some(Term::As(other)) => format!("{name}: {};", type_of(&member.kind, Some(other))),
    }
}

/// The type of a kind; `other` stands for the innermost named type.
fn type_of(kind: &Kind, other: Option<&str>) -> String {
    let named = |name: &str| other.unwrap_or(name).to_owned();
    match kind {
        Kind::String | Kind::Id => "string".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::BooleanOrString => "boolean | \"true\" | \"false\"".to_owned(),
        Kind::Integer | Kind::Number => "number".to_owned(),
        Kind::StringOrNumber => "string | number".to_owned(),
        Kind::Enum(list) => named(list.name),
        Kind::Object(object) => named(object.name),
        Kind::Union(union) => named(union.name),
        Kind::Array(inner) => {
            let inner = type_of(inner, other);
            // Read-only: so that a constant list (`as const`) can be sent too.
            if inner.contains(' ') {
                format!("readonly ({inner})[]")
            } else {
                format!("readonly {inner}[]")
            }
        }
        Kind::Short(inner) => format!("string | {}", type_of(inner, other)),
        Kind::Drafted(inner) => format!("Drafted<{}>", type_of(inner, other)),
        Kind::AnyObject => "JsonObject".to_owned(),
        Kind::Any => "JsonValue".to_owned(),
    }
}

/// The member that says which variant of a union an object is.
fn tag_line(found: &Use) -> String {
    let values = tags(found.union).values;
    let mut said = vec![];
    let mut marks = vec![];
    for value in values
        .iter()
        .filter(|value| found.tags.contains(&value.name))
    {
        let text = prose::one_line(value.doc);
        said.push(if found.tags.len() > 1 {
            format!("`{}`: {}", value.name, lower(&text))
        } else {
            text.clone()
        });
        if let Some(sentence) = prose::availability(value.limits)
            && !text.contains("Instagram")
        {
            said.push(sentence.to_owned());
        }
        marks.extend(deprecation(value.limits));
    }
    format!(
        "{}  {}: {};\n",
        doc(1, &[&said.join(" ")], &marks),
        found.union.tag.name,
        literals(&found.tags)
    )
}

fn deprecation(limits: &Limits) -> Vec<String> {
    prose::deprecated(limits)
        .map(|sentence| format!("@deprecated {sentence}"))
        .into_iter()
        .collect()
}

fn see(source: &Source) -> String {
    format!("@see {}", source.url)
}

/// A documentation comment: paragraphs, then tags.
fn doc<T: AsRef<str>>(indent: usize, paragraphs: &[T], tags: &[String]) -> String {
    let pad = "  ".repeat(indent);
    let mut lines = vec![];
    for paragraph in paragraphs
        .iter()
        .map(AsRef::as_ref)
        .filter(|paragraph| !paragraph.is_empty())
    {
        assert!(
            !paragraph.contains("*/"),
            "a documentation ends its own comment: {paragraph}"
        );
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(paragraph, WIDTH - pad.len() - 3));
    }
    for tag in tags {
        // An address stays on the line of its `@see`, however long it is.
        lines.extend(wrap(
            tag,
            if tag.starts_with("@see") {
                usize::MAX
            } else {
                WIDTH - pad.len() - 3
            },
        ));
    }
    match lines.as_slice() {
        [] => String::new(),
        [line] if !line.starts_with('@') && line.chars().count() + pad.len() + 7 <= WIDTH => {
            format!("{pad}/** {line} */\n")
        }
        lines => {
            let lines: String = lines
                .iter()
                .map(|line| format!("{pad} * {line}").trim_end().to_owned() + "\n")
                .collect();
            format!("{pad}/**\n{lines}{pad} */\n")
        }
    }
}

fn strings(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn braces(lines: &str) -> String {
    if lines.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{\n{lines}}}")
    }
}

fn literal(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn literals(texts: &[&str]) -> String {
    texts
        .iter()
        .map(|text| literal(text))
        .collect::<Vec<_>>()
        .join(" | ")
}

/// What stands after `=`: on one line if it fits.
fn alternatives(names: &[String], of: &str) -> String {
    let short = format!(" {}", names.join(" | "));
    if short.len() + of.len() + 15 <= WIDTH {
        short
    } else {
        names.iter().map(|name| format!("\n  | {name}")).collect()
    }
}

fn pascal(name: &str) -> String {
    name.split('_')
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect()
}

fn lower(text: &str) -> String {
    text[..1].to_lowercase() + &text[1..]
}
