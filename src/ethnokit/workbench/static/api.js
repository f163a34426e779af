// The server, as the page talks to it.

/** The server did not answer: it is stopped, restarting, or behind something that fails. */
export class Unreachable extends Error {
  constructor() {
    super("The server does not answer.");
    this.name = "Unreachable";
  }
}

/** The server answered no; `kind` is one of the contract's, `message` and `hint` are for people. */
export class Refused extends Error {
  constructor(kind, message, hint = null, data = null) {
    super(message);
    this.name = "Refused";
    this.kind = kind;
    this.hint = hint;
    this.data = data;
  }
}

export const get = (path) => ask(path, { method: "GET" });

export const post = (path, data) => ask(path, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-EthnoKit": "1" },
  body: JSON.stringify(data),
});

async function ask(path, options) {
  let response;
  let data;
  try {
    response = await fetch(path, { cache: "no-store", credentials: "same-origin", redirect: "error", ...options });
    data = await response.json();
  } catch {
    // No connection, or an answer broken off before its end.
    throw new Unreachable();
  }
  if (response.ok) return data;
  const error = data?.error ?? {};
  throw new Refused(error.kind ?? "unexpected", error.message ?? response.statusText, error.hint ?? null, data);
}
