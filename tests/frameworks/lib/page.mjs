// docs/frameworks.md: the table that a complete run writes.

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

In each of these tools, a small project builds, validates and sends with the packed package against a stand-in for Graph: pages in Chromium, the
others in their own runtime. They need no configuration, except the line in the last column.

| Tool | Version | Tested | Line to add |
|---|---|---|---|
${lines.join("\n")}
`;
}
