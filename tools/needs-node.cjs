// Preloaded (`node -r`) before every TypeScript entry, in the oldest JavaScript that any Node reads: a Node that is too old
// would otherwise end in a syntax error that says nothing.
"use strict";

const wanted = require("../package.json").engines.node.replace(">=", "");
const [major, minor] = process.versions.node.split(".").map(Number);
const [wantedMajor, wantedMinor] = wanted.split(".").map(Number);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  process.stderr.write(
    "Stowage needs Node " +
      wanted +
      " or newer, this is " +
      process.versions.node +
      ": run it by an npm script after " +
      "`npm ci` (on Linux that brings a newer Node along), or install Node 24 from https://nodejs.org\n",
  );
  process.exit(1);
}
