// Puts the page together: the state in the middle, the form and the JSON that write it, and the views that are drawn from it.
import { createCheckView } from "./check/check-view.js";
import { createFixes } from "./check/fixes.js";
import { createCodeView } from "./code/code-view.js";
import { FIRST } from "./examples/examples.js";
import { createForm } from "./form/form.js";
import { createJsonView } from "./json/json-view.js";
import { attribute } from "./model/attribute.js";
import { createChecker } from "./model/checker.js";
import { createLimits } from "./model/limits.js";
import { createSchema } from "./model/schema.js";
import { createStore } from "./model/store.js";
import { createBroken } from "./page/broken.js";
import { createDock } from "./page/dock.js";
import { h } from "./page/dom.js";
import { createDrafts } from "./page/drafts.js";
import { createGallery } from "./page/gallery.js";
import { createHistory } from "./page/history.js";
import { createLinks } from "./page/links.js";
import { createNotice } from "./page/notice.js";
import { createPlatformSwitch } from "./page/platform.js";
import { createSharing } from "./page/sharing.js";
import { createTabs } from "./page/tabs.js";
import { createPasteButton } from "./paste/button.js";
import { createTaker } from "./paste/take.js";
import { createPreview } from "./preview/preview.js";
import { createManyView } from "./send/many-view.js";
import { createSendView } from "./send/send-view.js";
import { createTarget } from "./send/target.js";

const TABS = { form: "Form", json: "JSON", code: "Code", many: "Many" };
let tab = "form";
// A row of the list that the phone shows instead of the message.
let row;
let report;
let byPlace = new Map();
let drafts;

const at = (id) => document.getElementById(id);
const announce = (text) => {
  at("announce").textContent = text;
};

const store = createStore({ platform: FIRST.platform, request: FIRST.request });
const checker = createChecker();
const notice = createNotice({ root: at("notice"), store, announce, h });
const fixesOf = createFixes({
  store,
  schema: () => form.schema,
  api: () => checker.api,
  notice,
  sendParts,
});
const { take, takeOrSay } = createTaker({ store, checker, notice, takeMany });

createLinks({
  root: at("links"),
  checker,
  about: { version: __VERSION__, repository: __REPOSITORY__ },
});
const platform = createPlatformSwitch({ root: at("platform"), store });
const history = createHistory({ root: at("history"), store, announce });
const form = createForm({
  root: at("compose"),
  store,
  announce,
  fixesOf,
  onReveal: tellIssues,
  onPoint: (pointer) => preview.point(pointer),
});
const preview = createPreview({
  root: at("preview"),
  tools: at("preview-tools"),
  announce,
  lead: leadToField,
});
const jsonView = createJsonView({
  root: at("json"),
  store,
  take,
  notice,
  announce,
  known: () =>
    form.schema && {
      schema: form.schema,
      request: store.state.request,
      limitAt: (pointer, { kind }) => form.limitOf(store.state, pointer, kind === "array"),
    },
  onPoint: (pointer) => preview.point(pointer),
  fixesOf,
});
const codeView = createCodeView({ root: at("code"), store, checker, announce });
const checkView = createCheckView({
  root: at("check"),
  announce,
  retry: load,
  lead,
  leadToLine,
  lineOf: jsonView.lineOf,
  fixesOf,
});
const target = createTarget({ root: at("target"), name: "send-to" });
const sendView = createSendView({
  root: at("send-one"),
  store,
  checker,
  target,
  announce,
  showFirst: checkView.showFirst,
  onAttempt: tellAll,
});
const manyView = createManyView({
  root: at("many"),
  side: at("send-many"),
  store,
  checker,
  target,
  announce,
  onPreview: showRow,
  onChange: () => drafts?.later(),
});
const tabs = createTabs({
  root: at("compose-tabs"),
  label: "The message as",
  tabs: Object.entries(TABS).map(([id, name]) => ({ id, name, panel: at(id) })),
  // What cannot be seen is not drawn.
  onShow(id) {
    tab = id;
    at("send-one").hidden = id === "many";
    at("send-many").hidden = id !== "many";
    if (row && id !== "many") showRow(undefined);
    jsonView.show();
    codeView.show();
    if (id === "many") manyView.show();
    drafts?.later();
  },
});
const dock = createDock({
  root: at("dock"),
  stage: document.querySelector(".stage"),
  onSend() {
    dock.close();
    at("send").scrollIntoView({ block: "start" });
    // A list is not sent by a button that does not say how many it sends.
    if (tab !== "many") sendView.press();
  },
  onCheck: () => checkView.showFirst(),
});
drafts = createDrafts({
  store,
  notice,
  extras: {
    many: { get: manyView.text, set: manyView.setText },
    tab: { get: () => tab, set: (id) => Object.hasOwn(TABS, id) && tabs.show(id) },
  },
});
createGallery({ button: at("examples"), store, announce });
createPasteButton({ button: at("paste"), takeOrSay });
createSharing({ button: at("share"), store, notice });
const broken = createBroken({
  panel: at("form"),
  form: at("compose"),
  store,
  mend: () => tabs.show("json"),
});

function takeMany(text) {
  tabs.show("many");
  manyView.take(text);
}

// The parts of a text that was too long: a message each, to the same person, in their order.
function sendParts(parts) {
  const { message, ...rest } = store.state.request;
  const { text: _, quick_replies: replies, ...others } = message;
  const last = parts.length - 1;
  const requests = parts.map((text, n) => ({
    ...rest,
    message:
      n === last ? { text, ...others, ...(replies && { quick_replies: replies }) } : { text },
  }));
  takeMany(requests.map((one) => JSON.stringify(one)).join("\n"));
  notice.say(
    `The text is split into ${parts.length} messages, which go out in this order. The message itself is as it was.`,
    { keep: true },
  );
}

function showRow(item) {
  row = item;
  showPreview();
}

function showPreview() {
  const { state } = store;
  if (row) {
    const button = (label, run) =>
      run && h("button", { type: "button", class: "plain", onclick: run }, label);
    preview.show(
      { request: row.request, platform: state.platform },
      {
        why: `Line ${row.line} of the list.`,
        about: h(
          "span",
          { class: "stale-buttons" },
          button("Previous", row.before),
          button("Next", row.next),
          button("Back to the message", () => showRow(undefined)),
        ),
      },
    );
    return;
  }
  preview.show(
    state,
    state.broken ? { why: "The JSON is broken: this is the last message that could be read." } : {},
  );
}

function lead(issue) {
  if (store.state.broken || issue.pointer === "") {
    leadToLine(issue);
    return;
  }
  tabs.show("form");
  form.reveal(issue.pointer);
  tellIssues();
  const [place] =
    [...byPlace].find(([, issues]) =>
      issues.some((one) => one.code === issue.code && one.pointer === issue.pointer),
    ) ?? [];
  if (place) place.focus();
  else leadToLine(issue);
}

function leadToLine(issue) {
  dock.close();
  tabs.show("json");
  jsonView.select(issue);
}

// From the preview: to the field, or, where the JSON is being edited, to its place there.
function leadToField(pointer) {
  dock.close();
  if (tab === "json" || store.state.broken) {
    tabs.show("json");
    jsonView.select({ pointer, message: "" });
    return;
  }
  tabs.show("form");
  form.reveal(pointer);
  tellIssues();
  const places = new Map(form.places().map((place) => [place.pointer(), place]));
  for (let near = pointer; ; near = near.slice(0, near.lastIndexOf("/"))) {
    const place = places.get(near);
    if (place || near === "") {
      place?.focus();
      return;
    }
  }
}

// Each issue at the place that it is about; what was only just added is given time.
function tellIssues() {
  const issues = report?.issues ?? [];
  byPlace = attribute(issues, form.places());
  for (const [place, ofPlace] of byPlace)
    place.showIssues(ofPlace.filter(({ pointer }) => !form.isFresh(pointer)));
  if (!report) return;
  checkView.show(
    report,
    issues.filter(({ pointer }) => form.isFresh(pointer)),
  );
  dock.sync(document.querySelector("#check .status"));
}

function tellAll() {
  form.touchAll();
  tellIssues();
}

function draw(state) {
  report = checker.check(state);
  const issues = report?.issues ?? [];
  platform.sync(state);
  history.sync();
  broken.sync(state);
  form.sync(
    state,
    issues.filter(({ pointer }) => !form.isFresh(pointer)),
  );
  showPreview();
  jsonView.show(issues);
  codeView.show();
  if (tab === "many") manyView.show();
  tellIssues();
}

// The form needs the schema alone; the checks need the module too. Neither makes the page wait.
async function load() {
  checkView.showWaiting();
  try {
    const { schema } = await import("./package.js");
    if (!form.ready) form.setSchema(createSchema(schema));
    draw(store.state);
    const api = await checker.load();
    form.setLimits(createLimits(api.validate));
    draw(store.state);
  } catch (error) {
    checkView.showFailure(error);
    dock.sync(document.querySelector("#check .status"));
  }
}

// For the browser's console, and for tests: the message as it stands, and the package.
globalThis.messengerSend = {
  get request() {
    return store.state.request;
  },
  get json() {
    return jsonView.text();
  },
  get selected() {
    return jsonView.selected();
  },
  get api() {
    return checker.api;
  },
};

document.documentElement.dataset.started = "true";
store.subscribe(draw);
draw(store.state);
const opened = drafts.open();
await load();
await opened;
(globalThis.requestIdleCallback ?? setTimeout)(() => jsonView.preload());
