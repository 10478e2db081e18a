// Why a request was not done.

/** The server said no. `code` is its word for why, `message` its sentence, `after` when to try again (ms) or 0. */
export class Refused extends Error {
  constructor(status, code, message, after) {
    super(message || code);
    Object.assign(this, { status, code, after });
  }

  /** Whether the same request may be answered later. */
  get passes() {
    return this.status >= 500 || [408, 423, 429].includes(this.status);
  }
}

/** Nobody answered: no network, or no server. */
export class Unreachable extends Error {
  passes = true;
}

/** The page has no token for us: nobody is signed in there. */
export class SignedOut extends Error {
  passes = true;
}
