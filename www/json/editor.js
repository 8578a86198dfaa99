// The editor for JSON: CodeMirror, in a shadow root. There it styles itself through adopted style sheets, which a strict
// Content-Security-Policy allows, where in the page it would need a <style> element.
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
  tooltips,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

const fromOutside = Annotation.define();

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--json-name)" },
  { tag: tags.string, color: "var(--json-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--json-other)" },
]);

const theme = EditorView.theme({
  "&": {
    height: "100%",
    color: "var(--ink)",
    backgroundColor: "var(--card)",
    fontSize: "var(--sm)",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--card)", color: "var(--soft)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--sunk)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--accent-soft)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)" },
  ".cm-tooltip": {
    maxWidth: "min(32rem, 90vw)",
    backgroundColor: "var(--card)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius)",
    boxShadow: "var(--shadow)",
  },
  ".cm-tooltip-autocomplete ul li": { padding: "3px 8px !important" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--accent-ink)",
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.75" },
  ".cm-completionInfo, .cm-help": {
    padding: "8px 12px",
    maxWidth: "24rem",
    fontFamily: "var(--sans)",
    fontSize: "var(--sm)",
    lineHeight: "1.4",
  },
  ".cm-help p": { margin: "0 0 4px" },
  ".cm-help a": { color: "var(--accent)" },
  ".cm-diagnostic": { padding: "6px 12px", fontFamily: "var(--sans)", fontSize: "var(--sm)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-diagnosticAction": {
    backgroundColor: "var(--accent)",
    color: "var(--accent-ink)",
    borderRadius: "4px",
  },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--error)",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--warning)",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  // CodeMirror's own signs are pictures in its style sheet, which the policy of the page forbids.
  ".cm-lint-marker": { width: "8px", height: "8px", marginTop: "6px", borderRadius: "50%" },
  ".cm-lint-marker-error": { content: "normal", backgroundColor: "var(--error)" },
  ".cm-lint-marker-warning": {
    content: "normal",
    backgroundColor: "var(--warning)",
    borderRadius: "1px",
    rotate: "45deg",
  },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--sunk)",
    border: "1px solid var(--line)",
    color: "var(--soft)",
  },
});

/**
 * @param {object} options
 * @param {HTMLElement} options.parent
 * @param {string} options.text
 * @param {string} options.label what a screen reader calls it
 * @param {(text: string, whole: boolean) => void} options.onText whole: the text came at once
 * @param {(text: string, all: boolean) => boolean} options.onPaste takes what is pasted, over everything or not, or leaves it to the editor
 * @param {(text: string, inserted: string) => boolean} options.refuses says no to a text before it is there
 * @param {(offset: number) => void} options.onCursor
 * @param {import("@codemirror/autocomplete").CompletionSource} options.complete
 * @param {(text: string, offset: number) => { from: number, to: number, dom: HTMLElement } | undefined} options.help
 */
export function createEditor({
  parent,
  text,
  label,
  onText,
  onPaste,
  refuses,
  onCursor,
  complete,
  help,
}) {
  const root = parent.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        lintGutter(),
        autocompletion({ override: [complete], icons: false }),
        hoverTooltip((current, offset) => {
          const found = help(current.state.doc.toString(), offset);
          return found
            ? { pos: found.from, end: found.to, above: true, create: () => ({ dom: found.dom }) }
            : null;
        }),
        tooltips({ position: "fixed" }),
        json(),
        syntaxHighlighting(colours),
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": label,
          tabindex: "0",
          spellcheck: "false",
          autocapitalize: "off",
          dir: "ltr",
        }),
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...completionKeymap,
          ...lintKeymap,
        ]),
        EditorState.changeFilter.of(
          (change) =>
            !change.docChanged ||
            change.annotation(fromOutside) ||
            !refuses(change.newDoc.length, insertedBy(change)),
        ),
        EditorView.domEventHandlers({
          // Over a selection the browser would put in an element with a style of its own, which the policy of the page forbids.
          beforeinput(event, current) {
            const { from, to, empty } = current.state.selection.main;
            if (event.inputType !== "insertText" || !event.data || empty || current.composing)
              return false;
            event.preventDefault();
            const insert = () =>
              current.state.update(current.state.replaceSelection(event.data), {
                userEvent: "input.type",
                scrollIntoView: true,
              });
            if (
              !current.state
                .facet(EditorView.inputHandler)
                .some((handle) => handle(current, from, to, event.data, insert))
            )
              current.dispatch(insert());
            return true;
          },
          paste(event, current) {
            const { from, to } = current.state.selection.main;
            const all = from === 0 && to === current.state.doc.length;
            if (!onPaste(event.clipboardData?.getData("text/plain") ?? "", all)) return false;
            event.preventDefault();
            return true;
          },
        }),
        EditorView.updateListener.of((update) => {
          if (
            update.docChanged &&
            !update.transactions.some((one) => one.annotation(fromOutside))
          ) {
            const next = update.state.doc.toString();
            const whole = update.transactions.some(
              (one) =>
                one.docChanged &&
                insertedBy(one).length > 1 &&
                insertedBy(one).trim() === next.trim(),
            );
            onText(next, whole);
          }
          // A quote opens a name or a value; letters alone would be waited for otherwise.
          if (
            update.transactions.some(
              (one) => one.isUserEvent("input.type") && /^"+$/.test(insertedBy(one)),
            )
          )
            setTimeout(() => startCompletion(view));
          if (update.selectionSet && view.hasFocus) onCursor(update.state.selection.main.head);
        }),
      ],
    }),
  });

  return {
    get selected() {
      const { from, to } = view.state.selection.main;
      return view.state.sliceDoc(from, to);
    },
    // Only what differs is replaced, so that the cursor and the scrolling stay where they are.
    setText(next) {
      const old = view.state.doc.toString();
      if (old === next) return;
      let from = 0;
      while (from < old.length && from < next.length && old[from] === next[from]) from += 1;
      let same = 0;
      while (
        same < old.length - from &&
        same < next.length - from &&
        old.at(-1 - same) === next.at(-1 - same)
      )
        same += 1;
      view.dispatch({
        changes: { from, to: old.length - same, insert: next.slice(from, next.length - same) },
        annotations: fromOutside.of(true),
      });
    },
    // diagnostics: { from, to, severity, message, actions? }[]
    setDiagnostics(diagnostics) {
      const { length } = view.state.doc;
      const within = (offset) => Math.max(0, Math.min(offset, length));
      view.dispatch(
        setDiagnostics(
          view.state,
          diagnostics.map((one) => ({
            ...one,
            from: within(one.from),
            to: Math.max(within(one.from), within(one.to)),
          })),
        ),
      );
    },
    select(from, to) {
      view.focus();
      view.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: "center" }),
      });
    },
    selectAll() {
      view.focus();
      view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
    },
    focus: () => view.focus(),
    // What was measured while nobody could see it is wrong.
    shown: () => view.requestMeasure(),
  };
}

function insertedBy(transaction) {
  let text = "";
  transaction.changes.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => {
    text += inserted.toString();
  });
  return text;
}
