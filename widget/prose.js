// Words of a message as paragraphs and lists. Only text nodes: what looks like HTML or a link stays what it is.

import { h } from "./dom.js";

/** The reference of a claim or dispute, which people read out: it is never cut into two lines. */
const REFERENCE = /\b([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])\b/;

/** The lines of a text; those that begin with "- " become a list. */
export function prose(text) {
  const made = [];
  let list = null;
  for (const line of text.split("\n")) {
    if (line.startsWith("- ")) {
      if (!list) made.push((list = h("ul", { dir: "auto" })));
      list.append(h("li", {}, whole(line.slice(2))));
    } else if (line.trim()) {
      list = null;
      made.push(h("p", { dir: "auto" }, whole(line)));
    } else {
      list = null;
    }
  }
  return made;
}

const whole = (line) => line.split(REFERENCE).map((part, at) => (at % 2 ? h("span", { class: "whole" }, part) : part));
