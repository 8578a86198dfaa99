// docs/frameworks.md: the table that a whole run writes.

/** @param {{ title: string, versions: string[], line?: string, tries: { name: string, error?: string }[] }[]} rows */
export function framework(rows) {
  const lines = rows.map(({ title, versions, line, tries }) => {
    const tried = tries
      .map(({ name, error }) => (error === undefined ? name : `${name}: **does not work**`))
      .join("; ");
    return `| ${title} | ${versions.join(", ")} | ${tried} | ${line ?? "none"} |`;
  });
  return `<!-- Written by \`npm run test:frameworks\`. -->

# Frameworks and tools

In each of these tools a small project builds, checks and sends with the packed package: pages in Chromium, the others in their own
runtime, against a stand-in for Graph. Nothing is configured, unless the last column says so.

| Tool | Version | What was tried | The line to add |
|---|---|---|---|
${lines.join("\n")}
`;
}
