// Elements from names, attributes and children. Text goes in as text nodes; nothing here ever reads HTML.

/**
 * An element. `attributes`: true sets an empty attribute, false, null and undefined set none, a function listens for
 * the event that its name says (`onclick`). `children`: elements and strings; empty ones are left out.
 */
export function h(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  chat: ["M5 5h14v10H11l-4 4v-4H5z"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  send: ["M5 12h13", "M12 6l6 6-6 6"],
  clip: ["M17 8l-7.500 7.500a2 2 0 0 0 3 3L20 11a4 4 0 0 0-6-6l-8 8a6 6 0 0 0 9 8"],
  save: ["M12 4v11", "M7 11l5 5 5-5", "M5 20h14"],
  file: ["M7 3h7l4 4v14H7z", "M14 3v5h4"],
  film: ["M4 6h16v12H4z", "M10 9l5 3-5 3z"],
  camera: ["M4 8h4l2-3h4l2 3h4v11H4z", "M12 16a3 3 0 1 0 0-6a3 3 0 0 0 0 6z"],
  down: ["M12 5v14", "M6 13l6 6 6-6"],
  check: ["M5 12l5 5 9-10"],
};

/** A picture that says nothing a label does not say; in the colour of the text around it. */
export function icon(name) {
  const made = document.createElementNS(SVG, "svg");
  const looks = { viewBox: "0 0 24 24", class: `icon ${name}`, "aria-hidden": "true", focusable: "false" };
  for (const [key, value] of Object.entries(looks)) made.setAttribute(key, value);
  for (const shape of SHAPES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    made.append(path);
  }
  return made;
}

/** A button with a picture alone, whose name is its label. */
export function iconButton(name, label, part, onclick) {
  return h("button", { type: "button", class: "icon-button", part, "aria-label": label, title: label, onclick }, icon(name));
}

let made = 0;
/** An id that no other element here has. */
export const newId = () => `bp-${++made}`;

/** Hands the buyer a file. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
