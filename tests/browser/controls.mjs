// The page's parts, found as people and screen readers find them: by label and role.
import { toFragment } from "../../www/model/share.js";
import { expectEventually } from "./eventually.mjs";

export function controls(page) {
  const group = (title) => page.getByRole("group", { name: title, exact: true });
  const editor = page.getByRole("textbox", { name: "Request as JSON" });
  const status = page.locator("#check .status");
  const tab = (name) => page.getByRole("tab", { name, exact: true });
  const text = () => page.evaluate(() => globalThis.messengerSend.json);
  return {
    status,
    editor,
    group,
    tab,
    text: page.getByLabel("Text", { exact: true }),
    recipient: page.getByLabel("ID", { exact: true }),
    recipientKind: page.getByLabel("Kind of recipient"),
    messagingType: page.getByLabel("Messaging type"),
    envelope: page.locator(".envelope-line"),
    send: page.getByRole("button", { name: "Send", exact: true }),
    outcome: page.locator("#send-one .outcome"),
    thread: page.getByRole("region", { name: "Preview of the conversation" }),
    phone: page.locator("#preview .phone"),
    announced: page.locator("#announce"),
    notice: page.locator("#notice > span"),
    platform: (name) => page.getByRole("radio", { name }),
    button: (name) => page.getByRole("button", { name, exact: true }),
    summary: (severity) => page.locator(`#check .summary-group.${severity}`),
    reply: (n) => group(`Quick reply ${n}`),
    ready: () => expectEventually(() => status.textContent(), "Ready to send"),
    // The request as it stands, and the text of the JSON.
    request: () => page.evaluate(() => globalThis.messengerSend.request),
    json: text,
    // What is selected in the editor, whose content is in a shadow root.
    selected: () => page.evaluate(() => globalThis.messengerSend.selected),
    async example(id) {
      await page.getByRole("button", { name: "Examples", exact: true }).click();
      await page.locator(`[data-example="${id}"]`).click();
    },
    // Another message, by its link: faster than the gallery.
    async load({ request, platform = "messenger" }) {
      const fragment = await toFragment({ platform, request });
      await page.evaluate((next) => (location.hash = next), fragment);
      await expectEventually(() => page.evaluate(() => globalThis.messengerSend.request), request);
    },
    async openEnvelope() {
      const line = page.locator(".envelope-line");
      if ((await line.getAttribute("aria-expanded")) === "false") await line.click();
    },
    // The text of the JSON as a program or an input method puts it in: all at once, over what is there.
    async write(json) {
      await tab("JSON").click();
      await editor.click();
      await page.keyboard.press("ControlOrMeta+A");
      if (json === "") await page.keyboard.press("Delete");
      else await page.keyboard.insertText(json);
    },
    // What somebody has in the clipboard, pasted where the focus is.
    async paste(copied) {
      await page.evaluate((all) => navigator.clipboard.writeText(all), copied);
      await page.keyboard.press("ControlOrMeta+V");
    },
    // The Paste button, with something in the clipboard.
    async pasteByButton(copied) {
      await page.evaluate((all) => navigator.clipboard.writeText(all), copied);
      await page.getByRole("button", { name: "Paste", exact: true }).click();
    },
    // The issues that stand at a control, found by what the control says describes it.
    issuesAt: (control) =>
      control.evaluate((element) =>
        (element.getAttribute("aria-describedby") ?? "")
          .split(" ")
          .filter(Boolean)
          .map((id) => document.getElementById(id))
          .filter((one) => one?.matches("ul") && one.checkVisibility())
          .flatMap((list) =>
            [...list.querySelectorAll(".issue-code")].map((code) => code.textContent),
          ),
      ),
  };
}
