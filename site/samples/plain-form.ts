import { draftSchema } from "messenger-send/validate";

const schema = draftSchema();
const form = document.querySelector("form");
const output = document.querySelector("output");

async function check(form: HTMLFormElement) {
  const draft = Object.fromEntries(new FormData(form));
  const { issues = [] } = await schema["~standard"].validate(draft);
  for (const field of form.querySelectorAll<
    HTMLInputElement | HTMLTextAreaElement
  >("[name]")) {
    // An issue points into the draft: ["text"] is the field of that name.
    const issue = issues.find(({ path }) => path[0] === field.name);
    field.setCustomValidity(issue?.message ?? "");
  }
  if (output)
    output.value = issues.map(({ message }) => message).join("\n");
}

form?.addEventListener("input", () => check(form));
