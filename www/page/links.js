// Where more is to be read: the package, its rules, and which version this page is made of.
import { ask } from "./dialog.js";
import { h, link } from "./dom.js";

const PACKAGE = "https://www.npmjs.com/package/messenger-send";
const REFERENCE = "https://developers.facebook.com/docs/messenger-platform/reference/send-api";
const MOST_RULES = 100;

/** about: { version, repository? } of the build. */
export function createLinks({ root, checker, about }) {
  root.append(
    h("button", { type: "button", class: "plain", onclick: () => showRules(checker) }, "Rules"),
    link(PACKAGE, "Documentation"),
    link(REFERENCE, "Send API"),
    ...(about.repository ? [link(about.repository, "Repository")] : []),
    h("span", { class: "version" }, `v${about.version}`),
  );
}

async function showRules(checker) {
  const search = h("input", {
    type: "search",
    "aria-label": "Search the rules",
    placeholder: "Search: quick_reply, too_long, instagram …",
    autocomplete: "off",
  });
  const count = h("p", { class: "hint", role: "status" }, "Loading…");
  const list = h("ul", { class: "rules" });
  ask({ title: "Rules", kind: "wide", body: [search, count, list] });
  search.focus();
  let rules;
  try {
    rules = (await checker.load()).rules();
  } catch (error) {
    count.textContent = `The package did not load: ${error.message}`;
    return;
  }
  const draw = () => {
    const asked = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = rules.filter((rule) =>
      asked.every((word) =>
        `${rule.code} ${rule.summary} ${rule.severity} ${rule.platforms.join(" ")}`
          .toLowerCase()
          .includes(word),
      ),
    );
    count.textContent = `${found.length.toLocaleString("en")} of ${rules.length.toLocaleString("en")} rules${found.length > MOST_RULES ? `, the first ${MOST_RULES} are shown` : ""}.`;
    list.replaceChildren(
      ...found
        .slice(0, MOST_RULES)
        .map(({ code, severity, summary, platforms, since, docs }) =>
          h(
            "li",
            { class: "rule" },
            h(
              "p",
              null,
              h("code", null, code),
              h("span", { class: `badge ${severity}` }, severity),
            ),
            h("p", null, summary),
            h(
              "p",
              { class: "issue-meta" },
              platforms.join(", "),
              since && h("span", null, `since ${since}`),
              link(
                docs,
                "Source",
                h("span", { class: "visually-hidden" }, ` of ${code} (new tab)`),
              ),
            ),
          ),
        ),
    );
  };
  search.addEventListener("input", draw);
  draw();
}
