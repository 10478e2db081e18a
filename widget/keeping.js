// What is kept in this browser for a buyer, under a name that says nothing of them; gone once it is sent.

const PREFIX = "buyer-protection:";
/** How the name of a buyer begins for whom nothing can be kept. */
export const UNKEPT = "unkept:";
export const canKeep = (buyer) => buyer !== "" && !buyer.startsWith(UNKEPT);

/** Reads what was kept in the last so many ms, or null; never throws: a browser may refuse to keep anything. */
export function kept(buyer, what, longest = Infinity) {
  if (!canKeep(buyer)) return null;
  try {
    const found = JSON.parse(localStorage.getItem(`${PREFIX}${what}:${buyer}`));
    return found && Date.now() - found.at < longest ? found.value : null;
  } catch {
    return null;
  }
}

/** Keeps a value; an empty list or null is kept by keeping nothing. */
export function keep(buyer, what, value) {
  if (!canKeep(buyer)) return;
  try {
    const name = `${PREFIX}${what}:${buyer}`;
    if (value === null || value.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify({ at: Date.now(), value }));
  } catch {
    // Full or forbidden: then it lives as long as the page.
  }
}

/** Whether somebody has talked here before, so that new messages are worth looking for; not who. */
export const hasTalked = () => {
  try {
    return localStorage.getItem(`${PREFIX}talked`) === "yes";
  } catch {
    return false;
  }
};

export const noteTalked = () => {
  try {
    localStorage.setItem(`${PREFIX}talked`, "yes");
  } catch {
    // As above.
  }
};
