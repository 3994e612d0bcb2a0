export const errors = {
  "bad-request": "The request could not be understood.",
  "bad-query": "The filter could not be understood.",
  "signed-out": "You are signed out. Sign in to go on.",
  forbidden: "You may not see this with your rights.",
  "not-found": "There is no such object (any more).",
  "unknown-kind": "Stowage does not know this kind.",
  "unknown-source": "There is no source of this name. Pick one above.",
  "source-unreachable": "The source does not answer. Stowage keeps trying.",
  "source-refused": "The source refused the request.",
  "too-many": "Too many at once. Close some tabs or views and try again.",
  "too-large": "This is larger than Stowage shows.",
  gone: "This is no longer there.",
  busy: "The source is busy. Stowage tries again by itself.",
  conflict: "It was changed by somebody else in the meantime. Look at what is there now, then try again.",
  invalid: "The source says that this is not valid. Nothing was changed.",
  "database-failed":
    "Stowage's own database does not answer. Nothing was changed; whoever runs Stowage finds the reason in its log.",
  "audit-failed":
    "This was not done, because it could not be written down: the audit log cannot be written to (is its disk full?).",
  "no-shell": "There is no shell in this container (no bash, ash or sh).",
  internal: "Something went wrong in Stowage. The server's log says more.",
};
