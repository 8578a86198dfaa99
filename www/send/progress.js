// How far a list has come: a bar, the counts as they are, the rate and the time that is left.
import { h } from "../page/dom.js";

const COUNTS = { sent: "sent", failed: "failed", unknown: "unknown", not_sent: "not sent" };

export function createProgress() {
  const bar = h("progress", { class: "bar", "aria-label": "Messages done", max: "1", value: "0" });
  const numbers = Object.fromEntries(Object.keys(COUNTS).map((name) => [name, h("dd", null, "0")]));
  const counts = h(
    "dl",
    { class: "counts" },
    Object.entries(COUNTS).map(([name, label]) =>
      h("div", { class: name }, h("dt", null, label), numbers[name]),
    ),
  );
  const line = h("p", { class: "progress" });
  const element = h("div", { class: "many-progress", hidden: true }, bar, counts, line);
  let of = 0;

  function draw(state) {
    bar.max = of;
    bar.value = state.done;
    for (const [name, number] of Object.entries(numbers))
      number.textContent = (state[name] ?? 0).toLocaleString("en");
  }

  return {
    element,
    begin(total) {
      of = total;
      element.hidden = false;
      draw({ done: 0 });
      line.textContent = "Starting…";
    },
    show(state) {
      draw(state);
      const rate = Number.isFinite(state.perSecond)
        ? `, ${Math.round(state.perSecond).toLocaleString("en")} a second`
        : "";
      const left =
        Number.isFinite(state.timeLeftMs) && state.done < of
          ? `, ${timeOf(state.timeLeftMs)} left`
          : "";
      line.textContent = `${state.done.toLocaleString("en")} of ${of.toLocaleString("en")}${rate}${left}`;
    },
    // Both give what is to be read out.
    end(summary) {
      draw(summary);
      const why = summary.stopped === undefined ? "" : ` Stopped: ${reasonOf(summary.stopped)}`;
      line.textContent = `${summary.done.toLocaleString("en")} of ${of.toLocaleString("en")} done in ${timeOf(summary.durationMs)}.${why}`;
      return line.textContent;
    },
    fail(error) {
      line.textContent = `It could not be done: ${error?.message ?? error}`;
      return line.textContent;
    },
  };
}

function reasonOf(stopped) {
  return typeof stopped === "string"
    ? stopped
    : (stopped?.message ?? stopped?.kind ?? "it had to stop");
}

function timeOf(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
