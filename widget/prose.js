// Words of a message as paragraphs and lists. Only text nodes: what looks like HTML or a link stays what it is.

import { h } from "./dom.js";

/** The lines of a text; those that begin with "- " become a list. */
export function prose(text) {
  const made = [];
  let list = null;
  for (const line of text.split("\n")) {
    if (line.startsWith("- ")) {
      if (!list) made.push((list = h("ul", { dir: "auto" })));
      list.append(h("li", {}, line.slice(2)));
    } else if (line.trim()) {
      list = null;
      made.push(h("p", { dir: "auto" }, line));
    } else {
      list = null;
    }
  }
  return made;
}
