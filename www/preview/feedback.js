// A request for feedback: the card in the conversation, and the question that its button opens.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { line } from "./bubble.js";
import { drawButtons } from "./buttons.js";

// What is shown where the question says nothing else.
const USUAL = { csat: "five_stars", nps: "zero_to_ten", ces: "one_to_seven" };
const SCALES = {
  five_stars: () => Array(5).fill("☆"),
  five_emojis: () => ["😠", "🙁", "😐", "🙂", "😍"],
  one_to_five: () => numbers(1, 5),
  zero_to_ten: () => numbers(0, 10),
  one_to_seven: () => numbers(1, 7),
};

export function drawFeedback(feedback, pointer) {
  const questions = listIn(feedback.feedback_screens).flatMap((screen, s) =>
    listIn(objectIn(screen).questions).map((one, n) =>
      drawQuestion(objectIn(one), `${pointer}/feedback_screens/${s}/questions/${n}`),
    ),
  );
  return h(
    "div",
    { class: "card feedback" },
    line("card-title", textIn(feedback.title) || "…", `${pointer}/title`),
    line("card-subtitle", textIn(feedback.subtitle), `${pointer}/subtitle`),
    questions,
    drawButtons([{ title: textIn(feedback.button_title) || "…" }]),
  );
}

function drawQuestion({ type, title, score_option: option, follow_up: followUp }, pointer) {
  const scale = textIn(option) || USUAL[textIn(type)];
  const marks = Object.hasOwn(SCALES, scale ?? "") ? SCALES[scale]() : [];
  return h(
    "div",
    { class: "question", "data-pointer": pointer },
    line("question-title", textIn(title) || "The usual question", `${pointer}/title`),
    marks.length > 0 &&
      h(
        "ul",
        { class: "scale", "aria-label": `Answers: ${scale}` },
        marks.map((mark) => h("li", null, mark)),
      ),
    (textIn(type) === "free_form" || followUp !== undefined) &&
      line("free-form", textIn(objectIn(followUp).placeholder) || "Write something"),
  );
}

function numbers(first, last) {
  return Array.from({ length: last - first + 1 }, (_, n) => String(first + n));
}
