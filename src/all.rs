//! The order in which texts and limits stand in the wasm module: 0.8 KB less after gzip. Nothing reads these lists, and the linker drops them.
//!
//! The compiler writes a text where an item first names it, and takes the items by their names. So texts and tables would alternate,
//! and gzip packs like beside like better. This module's short name makes it an early one: what it names stands together.

use crate::build::MessageDraft;
use crate::payload::SendRequest;
use crate::payload::spec::{Enum, Kind, Limits, Member, Object, Rule};
use crate::validate::{BREACHES, OF_THE_TEXT};

/// More than there are of each: what several tables name is listed several times.
const MOST: usize = 10_000;

/// The texts of all tables, sort by sort, and their limits.
pub static ALL: ([&str; MOST], [&Limits; MOST]) = {
    let mut all = All { sort: Sort::Name, texts: [""; MOST], texts_listed: 0, limits: [&Limits::NONE; MOST], limits_listed: 0 };
    all.tables(Sort::Name);
    all.tables(Sort::Code);
    all.tables(Sort::Sentence);
    all.tables(Sort::Address);
    (all.texts, all.limits)
};

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Code,
    Sentence,
    Address,
}

/// Goes through the tables, evaluated by the compiler only.
struct All {
    /// The texts that are being listed.
    sort: Sort,
    texts: [&'static str; MOST],
    texts_listed: usize,
    limits: [&'static Limits; MOST],
    limits_listed: usize,
}

macro_rules! each {
    ($rows:expr, $row:ident => $do:expr) => {{
        let mut rows: &'static [_] = $rows;
        while let [$row, rest @ ..] = rows {
            $do;
            rows = rest;
        }
    }};
}

#[allow(clippy::indexing_slicing)] // Where `MOST` is too small, it does not compile.
impl All {
    const fn text(&mut self, sort: Sort, text: &'static str) {
        if self.sort as u8 == sort as u8 {
            self.texts[self.texts_listed] = text;
            self.texts_listed += 1;
        }
    }

    const fn tables(&mut self, sort: Sort) {
        self.sort = sort;
        self.object(SendRequest::OBJECT);
        self.object(MessageDraft::OBJECT);
        each!(OF_THE_TEXT, rule => self.rule(rule));
        each!(BREACHES, row => {
            self.text(Sort::Name, row.suffix);
            self.text(Sort::Sentence, row.found);
            self.text(Sort::Sentence, row.plain);
        });
    }

    const fn object(&mut self, object: &'static Object) {
        self.text(Sort::Code, object.prefix);
        self.text(Sort::Address, object.source.url);
        each!(object.members, member => self.member(member));
        each!(object.rules, rule => self.rule(rule));
        if let Some(choice) = &object.exactly_one {
            self.rule(choice.none);
            if let Some(several) = choice.several {
                self.rule(several);
            }
        }
        if let Some(unknown) = object.closed {
            self.rule(unknown);
        }
    }

    const fn member(&mut self, member: &'static Member) {
        self.text(Sort::Name, member.name);
        self.limits(member.limits);
        self.kind(&member.kind);
    }

    const fn kind(&mut self, kind: &'static Kind) {
        match kind {
            Kind::Enum(values) => self.values(values),
            Kind::Object(object) => self.object(object),
            Kind::Union(union) => {
                self.text(Sort::Code, union.prefix);
                self.text(Sort::Address, union.source.url);
                self.member(&union.tag);
                each!(union.variants, variant => self.object(variant));
            }
            Kind::Array(inner) | Kind::Short(inner) | Kind::Drafted(inner) => self.kind(inner),
            _ => {}
        }
    }

    const fn values(&mut self, values: &'static Enum) {
        self.text(Sort::Address, values.source.url);
        each!(values.values, value => {
            self.text(Sort::Name, value.name);
            self.limits(value.limits);
        });
        each!(values.withdrawn, gone => {
            self.text(Sort::Name, gone.name);
            self.text(Sort::Sentence, gone.since);
            self.text(Sort::Sentence, gone.instead);
        });
    }

    const fn limits(&mut self, limits: &'static Limits) {
        self.limits[self.limits_listed] = limits;
        self.limits_listed += 1;
        if let Some((since, instead)) = limits.deprecated {
            self.text(Sort::Sentence, since);
            self.text(Sort::Sentence, instead);
        }
        if let Some(source) = limits.source {
            self.text(Sort::Address, source.url);
        }
    }

    const fn rule(&mut self, rule: &'static Rule) {
        self.text(Sort::Code, rule.code);
        self.text(Sort::Sentence, rule.summary);
        self.text(Sort::Address, rule.source.url);
    }
}
