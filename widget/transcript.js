// The conversation as a text file for the buyer to keep.

/** What was told, line by line, with who said it and when. */
export function transcript(messages, words) {
  const told = messages.map(({ from, at, text, custom, buttons }) => {
    const who = words.say({ buyer: "you", staff: "staff" }[from] ?? "assistant");
    const time = new Date(at).toLocaleString(words.dates, { dateStyle: "medium", timeStyle: "short" });
    const files = (custom?.files ?? []).map(({ name }) => `[${name}]`);
    const choices = (buttons ?? []).map(({ title }) => `( ) ${title}`);
    return [words.say("said_at", { who, time }), text, ...files, ...choices].filter(Boolean).join("\n");
  });
  return new Blob([`\uFEFF${told.join("\n\n")}\n`], { type: "text/plain;charset=utf-8" });
}
