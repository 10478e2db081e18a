// Ways in for files: chosen, taken with the camera, dropped, or pasted.

import { h } from "./dom.js";

const ACCEPTED = "image/*,video/*,application/pdf,.heic,.heif,.avif,.3gp";

/** `area`: where files can be dropped and pasted. `onfiles(files)`. */
export class Choosing {
  #any;
  #camera;

  constructor(area, label, onfiles) {
    this.#any = picker({ accept: ACCEPTED, multiple: true, part: "file-input" }, label, onfiles);
    this.#camera = picker({ accept: "image/*", capture: "environment", part: "camera-input" }, label, onfiles);
    area.append(this.#any, this.#camera);
    listen(area, onfiles);
  }

  choose() {
    this.#any.click();
  }

  photograph() {
    this.#camera.click();
  }
}

function picker(attributes, label, onfiles) {
  return h("input", {
    type: "file",
    hidden: true,
    "aria-label": label,
    ...attributes,
    onchange: ({ target }) => {
      onfiles([...target.files]);
      target.value = "";
    },
  });
}

function listen(area, onfiles) {
  let depth = 0;
  const bringsFiles = ({ dataTransfer }) => [...(dataTransfer?.types ?? [])].includes("Files");
  const over = (isOver) => area.classList.toggle("dropping", isOver);
  area.addEventListener("dragenter", (event) => bringsFiles(event) && over((depth += 1) > 0));
  area.addEventListener("dragleave", (event) => bringsFiles(event) && over((depth -= 1) > 0));
  area.addEventListener("dragover", (event) => bringsFiles(event) && event.preventDefault());
  area.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    over((depth = 0) > 0);
    onfiles([...event.dataTransfer.files]);
  });
  area.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    onfiles(files);
  });
}
