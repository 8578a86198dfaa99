// Interprets the output of npm's and cargo's audits. An audit that could not reach its registry is not ok, although it found nothing.

/** @typedef {{ status: "ok" | "not ok" | "not checked", notes: string[] }} Verdict */

/**
 * @param {string} output of `npm audit --json`
 * @returns {Verdict}
 */
export function npmAudit(output) {
  const answer = parsed(output);
  const vulnerabilities = answer?.vulnerabilities;
  if (vulnerabilities === undefined) {
    return unchecked(`npm did not report vulnerabilities: ${reasonOf(answer)}`);
  }
  return verdict(
    Object.values(vulnerabilities).map(({ name, severity }) => `${name}: ${severity}`),
  );
}

/**
 * @param {string} output of `npm audit signatures --json`
 * @returns {Verdict}
 */
export function npmSignatures(output) {
  const answer = parsed(output);
  if (!Array.isArray(answer?.invalid) || !Array.isArray(answer?.missing)) {
    return unchecked(`npm did not verify signatures: ${reasonOf(answer)}`);
  }
  const name = (one) => `${one.name}@${one.version}`;
  return verdict([
    ...answer.invalid.map((one) => `${name(one)}: wrong signature`),
    ...answer.missing.map((one) => `${name(one)}: no signature`),
  ]);
}

/**
 * @param {{ here: { code: number, output: string }, advisories: { code: number, output: string } } | undefined} runs undefined if cargo-deny is not installed
 * @returns {Verdict}
 */
export function cargoDeny(runs) {
  if (runs === undefined) {
    return unchecked("cargo-deny is not installed: run `cargo install --locked cargo-deny`");
  }
  const { here, advisories } = runs;
  const notes = [];
  if (here.code !== 0) {
    notes.push(...errorsIn(here.output, "bans, licenses or sources failed"));
  }
  const wasFetched = !/failed to (fetch|load|open|acquire)|unable to fetch/i.test(
    advisories.output,
  );
  if (advisories.code !== 0 && wasFetched) {
    notes.push(...errorsIn(advisories.output, "advisories failed"));
  }
  if (notes.length > 0) {
    return { status: "not ok", notes };
  }
  return advisories.code === 0
    ? { status: "ok", notes: [] }
    : unchecked("bans, licenses and sources are ok; the advisory database could not be downloaded");
}

/** 1 if something was found or, with `strict`, could not be checked. */
export function exitCodeOf(verdicts, strict = false) {
  const bad = strict ? ["not ok", "not checked"] : ["not ok"];
  return verdicts.some(({ status }) => bad.includes(status)) ? 1 : 0;
}

function verdict(notes) {
  return { status: notes.length === 0 ? "ok" : "not ok", notes };
}

function unchecked(note) {
  return { status: "not checked", notes: [note] };
}

function errorsIn(output, otherwise) {
  const errors = output.split("\n").filter((line) => line.startsWith("error"));
  return errors.length > 0 ? errors : [otherwise];
}

function reasonOf(answer) {
  const text = answer?.message ?? answer?.error?.summary ?? answer?.error?.code ?? "no answer";
  return text.split("\n")[0];
}

function parsed(output) {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}
