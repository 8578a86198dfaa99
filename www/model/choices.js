// The values that the form offers, found out from the package: it is asked about a value that cannot be, its answer names
// those that can, and each word of the answer is tried. So a value that the package learns, the form offers.

const IMPOSSIBLE = "?";

// For each list of choices: where a value stands in a request, and where the package says that it is none.
const QUESTIONS = {
  recipient: { pointer: "/recipient", put: (name) => ({ recipient: { [name]: "1" } }) },
  messaging_type: { pointer: "/messaging_type", put: (value) => ({ messaging_type: value }) },
  tag: { pointer: "/tag", put: (value) => ({ tag: value }) },
  content_type: {
    pointer: "/message/quick_replies/0/content_type",
    put: (value) => ({ message: { quick_replies: [{ content_type: value }] } }),
  },
};

export const NO_CHOICES = mapValues(QUESTIONS, () => []);

export function findChoices({ validate, rules }) {
  const summaries = new Map(rules().map((rule) => [rule.code, rule.summary]));
  return mapValues(QUESTIONS, ({ pointer, put }) => {
    const issuesWith = (value) => validate(put(value)).issues.filter((issue) => issue.pointer === pointer);
    const refusals = issuesWith(IMPOSSIBLE);
    const codes = new Set(refusals.map((issue) => issue.code));
    const sentences = refusals.flatMap((issue) => [issue.message, summaries.get(issue.code) ?? ""]);
    const words = new Set(sentences.flatMap((sentence) => sentence.match(/[A-Za-z]\w+/g) ?? []));
    return [...words].filter((word) => !issuesWith(word).some((issue) => codes.has(issue.code)));
  });
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
