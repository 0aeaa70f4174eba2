import { expect, test } from "@jest/globals";
import { parseValidationReport } from "../../src/documents/parse-validation-report.ts";

/** As it stands in ledgers of before there were four checks. */
const before = `<!-- archwright:validation-report 1 -->
# Validation report

- verdict: ready
- plan: \`0f0f\`

## Summary

Fits.

## Findings

### F-1 (minor): A name

- proven: yes
- at: \`src/a.ts:3\`
- quote:
  \`\`\`text
  const a = 1;
  \`\`\`

#### Detail

Short.

## Claims

- C-1 (file-exists, true): \`src/a.ts\` exists
  - source: BUILD_01.md
`;

test("a report of before the four checks is read: nobody was asked, and what it lacks is empty", () => {
  const parsed = parseValidationReport(before);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  expect(parsed.value).toMatchObject({
    verdict: "ready",
    gaps: [],
    checks: [],
    difference: "",
    blastRadius: "",
    extraSections: [],
  });
  expect(parsed.value.findings[0]).toMatchObject({ check: null, sure: true, proven: true });
});
