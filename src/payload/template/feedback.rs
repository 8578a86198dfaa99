//! The customer feedback template: one question.

use super::{BusinessPrivacy, Template};
use crate::payload::declare::{wire_enum, wire_object};
use crate::payload::members::{Findings, Members};
use crate::payload::sources::FEEDBACK;
use crate::payload::spec::Rule;

wire_object! {
    /// A question to a customer. Outside the standard window it requires the tag
    /// `CUSTOMER_FEEDBACK`.
    pub struct FeedbackTemplate ("feedback", &FEEDBACK) is Template::CustomerFeedback {
        /// The title, 1 to 65 characters, without a web address.
        pub title: String => visible(65).format(Format::NoUrl),
        /// The subtitle, 1 to 80 characters, without a web address.
        pub subtitle: String => visible(80).format(Format::NoUrl),
        /// The label of the button that opens the form, 1 to 20 characters, without a web address.
        pub button_title: String => visible(20).format(Format::NoUrl),
        /// Exactly 1 screen.
        pub feedback_screens [feedback_screen]: Vec<FeedbackScreen> => between(1, 1),
        /// The business's privacy policy.
        pub business_privacy: BusinessPrivacy,
        /// How long it can be answered: 1 to 7 days, 1 if absent.
        pub expires_in_days: Option<u32> => any().days(1, 7),
    }
}

wire_object! {
    /// A screen of a feedback form.
    pub struct FeedbackScreen ("feedback.screen", &FEEDBACK) {
        /// Exactly 1 question.
        pub questions [question]: Vec<FeedbackQuestion> => between(1, 1),
    }
}

wire_enum! {
    /// What a question of a feedback form asks for.
    pub enum FeedbackQuestionType (&FEEDBACK) {
        /// Customer satisfaction.
        Csat = "csat",
        /// Net promoter score: how likely the customer is to recommend the business.
        Nps = "nps",
        /// Customer effort score: how much effort it took.
        Ces = "ces",
        /// A free-text answer, at most 400 characters.
        FreeForm = "free_form",
    }
}

wire_enum! {
    /// The labels at the ends of a scale.
    pub enum ScoreLabel (&FEEDBACK) {
        /// Negative to positive; the default for `csat`.
        NegPos = "neg_pos",
        /// Hard to easy; the default for `ces`.
        HardEasy = "hard_easy",
        /// Unlikely to likely; the default for `nps`.
        UnlikeLike = "unlike_like",
        /// Dissatisfied to satisfied.
        DisSat = "dis_sat",
        /// Poor to great.
        PoorGreat = "poor_great",
        /// No labels.
        None = "none",
    }
}

wire_enum! {
    /// A scale. Each type of question has its own.
    pub enum ScoreOption (&FEEDBACK) {
        /// Five stars; the default for `csat`.
        FiveStars = "five_stars",
        /// The numbers 1 to 5, for `csat`.
        OneToFive = "one_to_five",
        /// Five faces, for `csat`.
        FiveEmojis = "five_emojis",
        /// The numbers 0 to 10, the only scale for `nps`.
        ZeroToTen = "zero_to_ten",
        /// The numbers 1 to 7, the only scale for `ces`.
        OneToSeven = "one_to_seven",
        /// The numbers 1 to 5, as another table on the same page spells it; `one_to_five` is safer.
        OneToFiveDigits = "1_to_5",
    }
}

wire_object! {
    /// A question of a feedback form: for a score, for a score and a free-text follow-up, or for
    /// free text.
    pub struct FeedbackQuestion ("feedback.question", &FEEDBACK) {
        /// Its id, unique in the form: letters, digits and underscores, at most 80 characters.
        pub id: String => at_most(80).format(Format::Identifier),
        /// What it asks for.
        pub r#type: FeedbackQuestionType,
        /// The question, 5 to 85 characters, without a web address; a localized default if absent.
        pub title: Option<String> => between(5, 85).visible().format(Format::NoUrl),
        /// The labels at the ends of the scale; not with `free_form`.
        pub score_label: Option<ScoreLabel>,
        /// The scale, which must match `type`; not with `free_form`.
        pub score_option: Option<ScoreOption>,
        /// A free-text question after the score; not with `free_form`.
        pub follow_up: Option<FeedbackFollowUp>,
    }
    rules(&[&MISFIT, &SPELLING, &TWO_TEXTS, &UNUSED], check);
    shapes(&[
        Shape { name: "CsatQuestion", doc: "How satisfied the customer is.", terms: &[
            ("type", Term::Is(&["csat"])), ("score_option", Term::MayBe(&["five_stars",
                "one_to_five", "five_emojis"])),
        ] },
        Shape { name: "NpsQuestion", doc: "How likely the customer is to recommend the business.",
            terms: &[
            ("type", Term::Is(&["nps"])), ("score_option", Term::MayBe(&["zero_to_ten"])),
        ] },
        Shape { name: "CesQuestion", doc: "How much effort it took.", terms: &[
            ("type", Term::Is(&["ces"])), ("score_option", Term::MayBe(&["one_to_seven"])),
        ] },
        Shape { name: "FreeFormQuestion", doc: "A free-text answer, at most 400 characters.", terms: &[
            ("type", Term::Is(&["free_form"])), ("score_label", Term::Never),
                ("score_option", Term::Never), ("follow_up", Term::Never),
        ] },
    ]);
}

static MISFIT: Rule = Rule::error(
    "feedback.question.score_option.misfit",
    "score_option must fit type: csat takes five_stars, one_to_five or five_emojis, nps \
     zero_to_ten, ces one_to_seven, and free_form none.",
    &FEEDBACK,
);
static SPELLING: Rule = Rule::warning(
    "feedback.question.score_option.spelling",
    "Meta's page spells this scale one_to_five in one table and 1_to_5 in another; one_to_five is \
     safer.",
    &FEEDBACK,
);
static TWO_TEXTS: Rule = Rule::error(
    "feedback.question.follow_up.two_texts",
    "A free_form question takes no follow_up: it is free text already.",
    &FEEDBACK,
);
static UNUSED: Rule = Rule::warning(
    "feedback.question.score_label.unused",
    "A free_form question has no scale for score_label to label.",
    &FEEDBACK,
);

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const TYPE: usize = FeedbackQuestion::at("type");
    const LABEL: usize = FeedbackQuestion::at("score_label");
    const OPTION: usize = FeedbackQuestion::at("score_option");
    const FOLLOW_UP: usize = FeedbackQuestion::at("follow_up");
    const DIGITS: u16 = ScoreOption::at("1_to_5");
    let kind = |name: u16| members.is(TYPE, name);
    if kind(const { FeedbackQuestionType::at("free_form") }) {
        for (member, rule) in [(LABEL, &UNUSED), (FOLLOW_UP, &TWO_TEXTS)] {
            if members.has(member) {
                findings.at(member, rule);
            }
        }
    }
    if members.has_known_value(TYPE) && members.has_known_value(OPTION) {
        let fits = if members.is(OPTION, const { ScoreOption::at("zero_to_ten") }) {
            kind(const { FeedbackQuestionType::at("nps") })
        } else if members.is(OPTION, const { ScoreOption::at("one_to_seven") }) {
            kind(const { FeedbackQuestionType::at("ces") })
        } else {
            kind(const { FeedbackQuestionType::at("csat") })
        };
        if !fits {
            findings.at(OPTION, &MISFIT);
        } else if members.is(OPTION, DIGITS) {
            findings.at(OPTION, &SPELLING);
        }
    }
    0
}

wire_enum! {
    /// The only kind of follow-up.
    pub enum FollowUpType (&FEEDBACK) {
        /// Free text.
        FreeForm = "free_form",
    }
}

wire_object! {
    /// A free-text question after a score.
    pub struct FeedbackFollowUp ("feedback.follow_up", &FEEDBACK) {
        /// `free_form`.
        pub r#type: FollowUpType = FollowUpType::FreeForm,
        /// The placeholder of the empty field, at most 65 characters, without a web address.
        pub placeholder: Option<String> => visible(65).format(Format::NoUrl),
    }
}
