export const signIn = {
  title: "Sign in",
  lead: "Stowage shows you what your own credential may see in the clusters, and nothing else.",
  token: "Kubernetes bearer token",
  tokenHint: "For example from: kubectl create token NAME -n NAMESPACE",
  show: "Show it",
  hide: "Hide it",
  submit: "Sign in",
  busy: "Asking the clusters …",
  checking: "One moment …",
  ways: "Ways to sign in",
  byToken: "Kubernetes token",
  byPassword: "Login and password",
  login: "Login",
  password: "Password",
  empty: "A field was empty.",
  disabled: "This account is disabled. Ask an admin of this Stowage.",
  limited: ({ minutes }: { minutes: number }) =>
    `Too many attempts went wrong. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
  different: "The two passwords are not the same.",
  badLogin:
    "A login has letters a to z, digits and . _ @ + -, begins with a letter or a digit, and is at most 64 characters long.",
  needsHttps:
    "Signing in needs HTTPS here: over plain HTTP, others on the way could read what you send. Open this page by its https:// address; where a proxy already does that, name it with --trusted-proxy.",
  kept: "The token is kept in your session, sealed, until you sign out. It is never sent to a page again.",
  passwordHint:
    "Whoever invited you sent a link by which you chose the password. Lost it? Ask an admin for another link.",

  setupTitle: "Choose a password",
  setupFirst: "Become the first admin",
  setupFirstLead:
    "Nobody is an admin of this Stowage yet. Choose a login and a password; you invite others afterwards.",
  setupLead: ({ name }: { name: string }) => `Welcome, ${name}. Choose the password by which you will sign in.`,
  setupName: "Your name",
  setupNameHint: "As others see it. It can be left empty.",
  newPassword: "New password",
  passwordAgain: "The same again",
  passwordRule: "At least 12 characters. A few words that only you would put together are better than odd letters.",
  setupSubmit: "Set the password and sign in",

  localTitle: "Open Stowage by its launch link",
  localLead: "This Stowage belongs to the person who started it. It printed a link for one use in the terminal:",
  localSpent: "This launch link has been used already. Each link works once.",
  localAgain: "The terminal has a new link below the used one; or go to the browser window that is already signed in.",
};
