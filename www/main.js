// Puts the page together: the state in the middle, the form that writes it, and the views that are drawn from it.
import { createForm } from "./form/form.js";
import { createPlatformSwitch } from "./form/platform.js";
import { attribute } from "./model/attribute.js";
import { createChecker } from "./model/checker.js";
import { loadSchema, stringMembersAt, valuesAt } from "./model/choices.js";
import { initialState } from "./model/initial.js";
import { createLimits } from "./model/limits.js";
import { createStore } from "./model/store.js";
import { createCheckView } from "./view/check-view.js";
import { createJsonView } from "./view/json-view.js";
import { createSendView } from "./view/send-view.js";

const at = (id) => document.getElementById(id);
const announce = (text) => {
  at("announce").textContent = text;
};

const NO_CHOICES = { recipient: [], messaging_type: [], tag: [], content_type: [] };
const store = createStore({ ...initialState, choices: NO_CHOICES, limits: undefined });
const checker = createChecker();

const platform = createPlatformSwitch({ root: at("platform"), store });
const form = createForm({ root: at("compose"), store, announce });
const jsonView = createJsonView({ root: at("json") });
const checkView = createCheckView({ root: at("check"), announce, retry: load });
createSendView({ root: at("send"), store, checker, announce, showFirst: checkView.showFirst });

function draw(state) {
  platform.sync(state);
  form.sync(state);
  const report = checker.check(state);
  jsonView.show(state.request, report?.issues ?? []);
  if (!report) return;
  const attributed = attribute(report.issues, form.places());
  for (const [place, issues] of attributed.byPlace) place.showIssues(issues);
  checkView.show(report, attributed);
}

async function load() {
  checkView.showWaiting();
  try {
    const api = await checker.load();
    store.update({ limits: createLimits(api.rules()) });
  } catch (error) {
    checkView.showFailure(error);
  }
}

async function offerChoices() {
  const schema = await loadSchema();
  store.update({
    choices: {
      recipient: stringMembersAt(schema, ["recipient"]),
      messaging_type: valuesAt(schema, ["messaging_type"]),
      tag: valuesAt(schema, ["tag"]),
      content_type: valuesAt(schema, ["message", "quick_replies", "*", "content_type"]),
    },
  });
}

store.subscribe(draw);
draw(store.state);
load();
// Without the schema every value that is in the request is still shown; the check says what else is wrong.
offerChoices().catch((error) => console.warn("The form offers no choices:", error));
