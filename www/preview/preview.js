// The phone: the conversation, the quick replies below it, and what a tap makes. A click leads to the field of what was clicked.
import { get } from "../model/pointer.js";
import { objectIn, textIn } from "../model/values.js";
import { h, iconButton } from "../page/dom.js";
import { createSegments } from "../page/segments.js";
import { drawConversation, drawReplies } from "./conversation.js";
import { eventOf } from "./event.js";
import { createPictures } from "./pictures.js";

const VIEWS = [
  { value: "person", name: "Person" },
  { value: "page", name: "Page inbox" },
];

/** lead(pointer): goes to the field of what was clicked. */
export function createPreview({ root, tools, announce, lead }) {
  const title = h("bdi", { class: "phone-title" });
  const face = h("span", { class: "avatar" });
  const stale = h("p", { class: "stale", role: "status", hidden: true });
  const thread = h("div", {
    class: "thread",
    tabindex: "0",
    role: "region",
    "aria-label": "Preview of the conversation",
  });
  const replies = h("div", { class: "phone-replies" });
  const sheet = h("div", {
    class: "sheet",
    role: "region",
    "aria-label": "What the tap makes",
    hidden: true,
  });
  const phone = h(
    "div",
    { class: "phone" },
    h("div", { class: "phone-head", "aria-hidden": "true" }, face, title),
    thread,
    replies,
    h("div", { class: "phone-foot", "aria-hidden": "true" }, h("span", null, "Aa")),
    sheet,
  );
  root.append(stale, phone);

  let view = "person";
  let shown;
  let pointed;
  let tapped;
  let tappedValue;
  const pictures = createPictures();
  let loadsPictures = false;

  const views = createSegments({
    name: "view",
    label: "Whose phone",
    options: VIEWS,
    onChoose(value) {
      view = value;
      draw();
    },
  });
  views.sync(view);
  const look = iconButton(
    "Dark preview",
    "◐",
    () => setLook(phone.dataset.look === "dark" ? "light" : "dark"),
    "look",
  );
  const load = h(
    "button",
    {
      type: "button",
      class: "quiet small",
      "aria-pressed": "false",
      title: "Load the pictures from where they are",
      onclick: togglePictures,
    },
    "Pictures",
  );
  tools.append(views.element, h("div", { class: "preview-buttons" }, load, look));
  setLook(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  function setLook(value) {
    phone.dataset.look = value;
    look.setAttribute("aria-pressed", String(value === "dark"));
  }

  function togglePictures() {
    loadsPictures = !loadsPictures;
    load.setAttribute("aria-pressed", String(loadsPictures));
    draw();
  }

  phone.addEventListener("click", ({ target }) => {
    const element = target.closest("[data-pointer]");
    if (!element || sheet.contains(target)) return;
    if (element.matches(".tap")) tap(element.dataset.pointer);
    else lead(element.dataset.pointer);
  });

  function tap(pointer) {
    tapped = pointer;
    tappedValue = get(shown.request, pointer);
    const value = objectIn(get(shown.request, pointer));
    const { says, event } = eventOf(value, shown.request, {
      platform: shown.platform,
      isReply: /\/quick_replies\/\d+$/.test(pointer),
    });
    sheet.replaceChildren(
      h(
        "div",
        { class: "sheet-head" },
        h("b", { dir: "auto" }, `Tapped: ${textIn(value.title) || textIn(value.type) || "…"}`),
        iconButton("Close", "×", closeSheet),
      ),
      h("p", { dir: "auto" }, says),
      ...(event
        ? [
            h(
              "pre",
              { class: "event", tabindex: "0", "aria-label": "The webhook event", role: "region" },
              JSON.stringify(event, null, 2),
            ),
          ]
        : []),
      h(
        "button",
        { type: "button", class: "quiet small", onclick: () => lead(pointer) },
        "Edit it",
      ),
    );
    sheet.hidden = false;
    announce(says);
  }

  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeSheet();
  });

  function closeSheet() {
    sheet.hidden = true;
    find(tapped)?.focus();
    tapped = undefined;
  }

  function find(pointer) {
    return pointer === undefined
      ? undefined
      : phone.querySelector(`[data-pointer="${CSS.escape(pointer)}"]`);
  }

  function draw() {
    const { request, platform } = shown;
    const scrolled = [...thread.querySelectorAll(".carousel")].map((one) => one.scrollLeft);
    const had = phone.contains(document.activeElement)
      ? document.activeElement.dataset.pointer
      : undefined;
    phone.dataset.platform = platform;
    phone.dataset.view = view;
    title.textContent =
      view === "page" ? "Robin Sample" : platform === "instagram" ? "your.business" : "Your Page";
    face.className = `avatar ${view === "page" ? "person" : "page"}`;
    thread.replaceChildren(...drawConversation(request, { view }));
    replies.replaceChildren(...(view === "person" ? drawReplies(request) : []));
    if (loadsPictures) pictures(phone);
    if (had !== undefined) find(had)?.focus();
    // Not now: to ask for the height would lay out the whole page.
    requestAnimationFrame(() => {
      [...thread.querySelectorAll(".carousel")].forEach((one, n) => {
        one.scrollLeft = scrolled[n] ?? 0;
      });
      if (!show(pointed)) thread.scrollTop = thread.scrollHeight;
    });
  }

  // Marks what a pointer is drawn as, or the nearest thing around it, and brings it into the phone's window.
  function show(pointer) {
    for (const one of phone.querySelectorAll(".pointed")) one.classList.remove("pointed");
    if (pointer === undefined) return false;
    let element;
    for (
      let at = pointer;
      at.length > "/message".length && !element;
      at = at.slice(0, at.lastIndexOf("/"))
    )
      element = find(at);
    if (!element) return false;
    element.classList.add("pointed");
    within(element, thread);
    const carousel = element.closest(".carousel");
    const card = element.closest(".card");
    if (carousel && card) carousel.scrollLeft = card.offsetLeft - carousel.offsetLeft - 12;
    return true;
  }

  return {
    // stale: why this is not what is being edited, if it is not; about: a control beside that sentence
    show({ request, platform }, { why, about } = {}) {
      shown = { request, platform };
      stale.hidden = why === undefined;
      if (why !== undefined) stale.replaceChildren(h("span", null, why), ...(about ? [about] : []));
      phone.classList.toggle("is-stale", why !== undefined);
      // An event of what is no longer there would mislead.
      if (tapped !== undefined && get(request, tapped) !== tappedValue) {
        sheet.hidden = true;
        tapped = undefined;
      }
      draw();
    },
    point(pointer) {
      if (pointer === pointed) return;
      pointed = pointer;
      show(pointer);
    },
  };
}

// Scrolls one box only: scrollIntoView would move the page as well.
function within(element, box) {
  const [inner, outer] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.top < outer.top) box.scrollTop += inner.top - outer.top - 12;
  else if (inner.bottom > outer.bottom)
    box.scrollTop += Math.min(inner.bottom - outer.bottom + 12, inner.top - outer.top - 12);
}
