// Plain CommonJS in old syntax, so that it runs on any Node and can say what is wrong.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Node ${process.versions.node} is too old: Archwright needs Node 22.18 or newer (24 is advised).\n` +
      "`npm ci` normally installs Node 24 into node_modules/.bin; it could not here.\n" +
      "Install scripts or optional packages may be switched off: try `npm ci --ignore-scripts=false --include=optional`,\n" +
      "or install Node 24 yourself.",
  );
  process.exit(1);
}
