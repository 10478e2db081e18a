// A small picture of a file, drawn on a canvas: so a page's policy need not allow pictures from anywhere.

import { h, icon } from "./dom.js";

/** Pixels of a side, twice what is shown, for sharp screens. */
const SIDE = 144;

/** A picture of a photo; a sign where there is none (yet). `blob`: gives a promise of it, or null. */
export function thumbnail(kind, label, blob) {
  const element = h("span", { class: "thumbnail", part: "thumbnail" }, icon(kind === "video" ? "film" : "file"));
  draw(element, label, blob);
  return element;
}

async function draw(element, label, blob) {
  try {
    const found = await blob();
    if (!found) return;
    const picture = await createImageBitmap(found);
    const canvas = h("canvas", { width: SIDE, height: SIDE, role: "img", "aria-label": label });
    // The middle of it, so that it fills the square.
    const side = Math.min(picture.width, picture.height);
    const place = [(picture.width - side) / 2, (picture.height - side) / 2, side, side];
    canvas.getContext("2d").drawImage(picture, ...place, 0, 0, SIDE, SIDE);
    picture.close();
    element.replaceChildren(canvas);
  } catch {
    // A kind of picture that this browser cannot show (HEIC, most often): the sign stays.
  }
}
