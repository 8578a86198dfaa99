// Puts the page together: the state in the middle, the form and the JSON that write it, and the views that are drawn from it.
import { createCheckView } from "./check/check-view.js";
import { createCodeView } from "./code/code-view.js";
import { FIRST } from "./examples/examples.js";
import { createForm } from "./form/form.js";
import { createJsonView } from "./json/json-view.js";
import { attribute } from "./model/attribute.js";
import { createChecker } from "./model/checker.js";
import { createLimits } from "./model/limits.js";
import { createSchema } from "./model/schema.js";
import { createStore } from "./model/store.js";
import { createTaker } from "./paste/take.js";
import { createGallery } from "./page/gallery.js";
import { createHistory } from "./page/history.js";
import { createNotice } from "./page/notice.js";
import { createPlatformSwitch } from "./page/platform.js";
import { createSharing } from "./page/sharing.js";
import { createTabs } from "./page/tabs.js";
import { createPreview } from "./preview/preview.js";
import { createManyView } from "./send/many-view.js";
import { createSendView } from "./send/send-view.js";

const at = (id) => document.getElementById(id);
const announce = (text) => {
  at("announce").textContent = text;
};

const store = createStore({ platform: FIRST.platform, request: FIRST.request });
const checker = createChecker();
const notice = createNotice({ root: at("notice"), announce });

const platform = createPlatformSwitch({ root: at("platform"), store });
const history = createHistory({ root: at("history"), store, announce });
const form = createForm({ root: at("compose"), store, announce });
const preview = createPreview({ root: at("preview"), tools: at("preview-tools") });
const take = createTaker({ store, checker, notice, takeMany });
const jsonView = createJsonView({ root: at("json"), store, take, announce });
const codeView = createCodeView({ root: at("code"), store, announce });
const checkView = createCheckView({
  root: at("check"),
  announce,
  retry: load,
  lead,
  leadToLine,
  lineOf: (issue) => jsonView.lineOf(issue.pointer),
});
const tabs = createTabs({
  root: at("compose-tabs"),
  label: "The message as",
  tabs: [
    { id: "form", name: "Form", panel: at("form") },
    { id: "json", name: "JSON", panel: at("json") },
    { id: "code", name: "Code", panel: at("code") },
  ],
  // What cannot be seen is not drawn.
  onShow() {
    jsonView.show();
    codeView.show();
  },
});
createSendView({ root: at("send-one"), store, checker, announce, showFirst: checkView.showFirst });
const manyView = createManyView({ root: at("send-many"), store, checker, announce });
const sendTabs = createTabs({
  root: at("send-tabs"),
  label: "How many",
  tabs: [
    { id: "one", name: "This message", panel: at("send-one") },
    { id: "many", name: "Many", panel: at("send-many") },
  ],
});
createGallery({ root: at("gallery"), store, announce });
const sharing = createSharing({ button: at("share"), store, notice });
at("paste").addEventListener("click", () => {
  tabs.show("json");
  jsonView.selectAll();
  notice.say("Paste over it: a request, a curl command, code. Or paste anywhere on the page.");
});

function takeMany(text) {
  sendTabs.show("many");
  manyView.take(text);
  at("send-many").scrollIntoView({ block: "start" });
}

let byPlace = new Map();
function lead(issue) {
  const [place] = [...byPlace].find(([, issues]) => issues.some((one) => one.code === issue.code && one.pointer === issue.pointer)) ?? [];
  if (!place) {
    leadToLine(issue);
    return;
  }
  tabs.show("form");
  place.focus();
}

function leadToLine(issue) {
  tabs.show("json");
  jsonView.select(issue.pointer);
}

function draw(state) {
  const report = checker.check(state);
  const issues = report?.issues ?? [];
  platform.sync(state);
  history.sync();
  form.sync(
    state,
    issues.map((issue) => issue.pointer),
  );
  preview.show(state);
  jsonView.show(issues);
  codeView.show();
  if (!report) return;
  byPlace = attribute(issues, form.places());
  for (const [place, ofPlace] of byPlace) place.showIssues(ofPlace);
  checkView.show(report);
}

// The form needs the schema alone; the checks need the module too. Neither makes the page wait.
async function load() {
  checkView.showWaiting();
  try {
    const { loadSchema } = await import("./package.js");
    if (!form.ready) form.setSchema(createSchema(await loadSchema()));
    draw(store.state);
    const api = await checker.load();
    form.setLimits(createLimits(api.validate));
    draw(store.state);
  } catch (error) {
    checkView.showFailure(error);
  }
}

store.subscribe(draw);
draw(store.state);
sharing.open();
load();
