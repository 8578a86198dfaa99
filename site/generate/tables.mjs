// Reads the tables of the generated documents in docs/ into rows, by heading.

/**
 * The sections of a document: each second-level heading with its text and its table.
 * @param {string} text Markdown
 */
export function sections(text) {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading, ...lines] = section.split("\n");
      const table = lines.filter((line) => line.startsWith("|"));
      return {
        heading,
        text: lines
          .filter((line) => !line.startsWith("|"))
          .join("\n")
          .trim(),
        header: table.length > 0 ? cells(table[0]) : [],
        rows: table.slice(2).map(cells),
      };
    });
}

function cells(line) {
  return line
    .slice(1, line.lastIndexOf("|"))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** Replaces the names of files with links for readers of the site. */
export function siteLinks(markdown) {
  const pages = {
    "rules.md": ["/rules/", "the rules"],
    "errors.md": ["/errors/", "the error codes"],
    "frameworks.md": ["/guides/frameworks", "frameworks and tools"],
    "migrate.md": ["/guides/migration", "migrating"],
  };
  return markdown.replace(
    /\[([^\]]+)\]\((?:docs\/)?(\w+\.md)(#[\w-]+)?\)/g,
    (whole, text, file, hash = "") => {
      const [link, name] = pages[file] ?? [];
      return link === undefined ? whole : `[${text === file ? name : text}](${link}${hash})`;
    },
  );
}
