// Puts the page together: the state in the middle, the form that writes it, and the views that are drawn from it.
import { createForm } from "./form/form.js";
import { createPlatformSwitch } from "./form/platform.js";
import { attribute } from "./model/attribute.js";
import { createChecker } from "./model/checker.js";
import { findChoices, NO_CHOICES } from "./model/choices.js";
import { initialState } from "./model/initial.js";
import { createLimits } from "./model/limits.js";
import { createStore } from "./model/store.js";
import { createCheckView } from "./view/check-view.js";
import { createJsonView } from "./view/json-view.js";
import { createPreview } from "./view/preview.js";
import { createSendView } from "./view/send-view.js";

const at = (id) => document.getElementById(id);
const announce = (text) => {
  at("announce").textContent = text;
};

const store = createStore({ ...initialState, choices: NO_CHOICES, limits: undefined });
const checker = createChecker();

const platform = createPlatformSwitch({ root: at("platform"), store });
const form = createForm({ root: at("compose"), store, announce });
const preview = createPreview({ root: at("preview") });
const jsonView = createJsonView({ root: at("json") });
const checkView = createCheckView({ root: at("check"), announce, retry: load });
createSendView({ root: at("send"), store, checker, announce, showFirst: checkView.showFirst });

function draw(state) {
  platform.sync(state);
  form.sync(state);
  preview.show(state);
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
    store.update({ limits: createLimits(api.rules()), choices: findChoices(api) });
  } catch (error) {
    checkView.showFailure(error);
  }
}

store.subscribe(draw);
draw(store.state);
load();
