export const signIn = {
  title: "Sign in",
  lead: "Stowage shows you what your own credential may see in the clusters, and nothing else.",
  token: "Kubernetes bearer token",
  tokenHint: "For example from: kubectl create token NAME -n NAMESPACE",
  show: "Show it",
  hide: "Hide it",
  submit: "Sign in",
  busy: "Asking the clusters …",
  refused: "No cluster knows this token. It may have expired, or belong to a cluster that Stowage does not watch.",
  empty: "There was no token in the field.",
  failed: "Signing in did not work. The server's log says more.",
  kept: "The token is kept in the server's memory until you sign out. It is never written to disk or sent to this page again.",

  localTitle: "Open Stowage by its launch link",
  localLead: "This Stowage belongs to the person who started it. It printed a link for one use in the terminal:",
  localSpent: "This launch link has been used already. Each link works once.",
  localAgain: "The terminal has a new link below the used one; or go to the browser window that is already signed in.",
};
