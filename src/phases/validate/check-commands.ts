import type { Commands } from "../../codebase/repository-facts.ts";
import { documentNames } from "../../documents/name-document.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import { chooseCheckpoint } from "../choose-checkpoint.ts";
import type { Finding } from "./claim.ts";

/** Whether the commands that criteria and steps rely on exist, and whether what is to be tested has a test. */
export function checkCommands(spec: BuildSpec, commands: Commands): Finding[] {
  const source = documentNames.spec(spec.id);
  return [
    ...checkVerify(spec, commands, source),
    ...checkCheckpoints(spec, commands, source),
    ...checkTests(spec, source),
  ];
}

function checkVerify(spec: BuildSpec, commands: Commands, source: string): Finding[] {
  const known = Object.keys(commands);
  return spec.acceptance.flatMap(({ id, verify }): Finding[] => {
    if (verify === null) return [];
    const isKnown = known.includes(verify);
    const note = isKnown
      ? `runs \`${commands[verify]}\``
      : `there is no command of that name; there are: ${known.join(", ") || "none"}`;
    const text = `\`${verify}\` is a command that decides ${id}`;
    return [
      { kind: "command", text, source, verdict: isKnown ? "true" : "false", evidence: null, note },
    ];
  });
}

function checkCheckpoints(spec: BuildSpec, commands: Commands, source: string): Finding[] {
  const wanted = new Set(spec.steps.map((step) => step.checkpoint));
  wanted.delete("none");
  return [...wanted].map((checkpoint): Finding => {
    const chosen = chooseCheckpoint(checkpoint, commands);
    const text = `there is a command for the checkpoint \`${checkpoint}\``;
    const runs = chosen.commands.map(({ command }) => `\`${command}\``).join(", ");
    const verdict = runs === "" ? "unproven" : "true";
    const note =
      runs === "" ? "none is configured or detected: nothing will be run there" : `runs ${runs}`;
    return { kind: "command", text, source, verdict, evidence: null, note };
  });
}

/** A spec that promises tested behaviour says how it is tested (seed 000, "Testing Strategy Absent"). */
function checkTests(spec: BuildSpec, source: string): Finding[] {
  const promised = spec.acceptance.filter(({ kind }) =>
    ["unit", "integration", "e2e"].includes(kind),
  );
  if (promised.length === 0) return [];
  const isSaid = spec.tests.length > 0;
  return [
    {
      kind: "other",
      text: "the test specification says how the criteria are shown",
      source,
      verdict: isSaid ? "true" : "false",
      evidence: null,
      note: isSaid ? "" : `no scenario for ${promised.map(({ id }) => id).join(", ")}`,
    },
  ];
}
