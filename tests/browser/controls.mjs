// The page's parts, found as people and screen readers find them: by label and role.
import { expectEventually } from "./eventually.mjs";

export function controls(page) {
  const group = (title) => page.getByRole("group", { name: title, exact: true });
  const editor = page.getByRole("textbox", { name: "Request as JSON" });
  const status = page.locator("#check .status");
  return {
    status,
    editor,
    group,
    text: page.getByLabel("Text", { exact: true }),
    recipient: page.getByLabel("ID", { exact: true }),
    recipientKind: page.getByLabel("Kind of recipient"),
    messagingType: page.getByLabel("Messaging type"),
    send: page.getByRole("button", { name: "Send", exact: true }),
    outcome: page.locator("#send-one .outcome"),
    thread: page.getByRole("region", { name: "Preview of the conversation" }),
    phone: page.locator(".phone"),
    announced: page.locator("#announce"),
    notice: page.locator("#notice"),
    platform: (name) => page.getByRole("radio", { name }),
    example: (id) => page.locator(`[data-example="${id}"]`),
    button: (name) => page.getByRole("button", { name, exact: true }),
    tab: (name) => page.getByRole("tab", { name, exact: true }),
    summary: (severity) => page.locator(`#check .summary-group.${severity}`),
    reply: (n) => group(`Quick reply ${n}`),
    ready: () => expectEventually(() => status.textContent(), "Ready to send"),
    // The request as it stands in the JSON, whether that is shown or not.
    request: async () => JSON.parse(await page.locator(".editor-text").inputValue()),
    // What somebody has in the clipboard, pasted where the focus is.
    async paste(text) {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await page.keyboard.press("ControlOrMeta+V");
    },
    // The issues that stand at a control, found by what the control says describes it.
    issuesAt: (control) =>
      control.evaluate((element) =>
        (element.getAttribute("aria-describedby") ?? "")
          .split(" ")
          .filter(Boolean)
          .map((id) => document.getElementById(id))
          .filter((one) => one?.matches("ul") && one.checkVisibility())
          .flatMap((list) => [...list.querySelectorAll(".issue-code")].map((code) => code.textContent)),
      ),
  };
}
