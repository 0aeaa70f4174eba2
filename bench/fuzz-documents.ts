import { parseArgs } from "node:util";
import { fuzzDocuments } from "../test/documents/fuzz-documents.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
  },
});
const report = fuzzDocuments(Number(values.count), Number(values.seed));
console.log(JSON.stringify(report, null, 2));
process.exitCode = report.crashes.length === 0 ? 0 : 1;
