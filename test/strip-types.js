// Jest transformer: Node's own type stripping. Positions are kept, so no source map is needed.
import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";

export default {
  process(source) {
    return { code: stripTypeScriptTypes(source, { mode: "strip" }) };
  },
  getCacheKey(source, path, { configString, instrument }) {
    return createHash("sha256")
      .update([process.version, source, path, configString, instrument].join("\0"))
      .digest("hex");
  },
};
