/** Rules and settings of GitHub that refuse something, each with the sentence and the way out. */
type Rule = { what: string; remedy: string };

const rules = {
  "missing-right": {
    what: "The token lacks a right.",
    remedy: "Grant it under `permissions:` of the workflow, or accept the App's new permissions.",
  },
} as const satisfies Record<string, Rule>;

export type ForgeRule = keyof typeof rules;

/** A refusal of GitHub in words. A rule of a later version is shown with GitHub's own words. */
export function explainForgeRule(rule: string, detail: string, link: string | null): Rule {
  const known: Rule | undefined = Object.hasOwn(rules, rule) ? rules[rule as ForgeRule] : undefined;
  const said = detail ? ` GitHub says: ${detail}` : "";
  const where = link ? ` ${link}` : "";
  return {
    what: `${known?.what ?? "GitHub refused it."}${said}`,
    remedy: `${known?.remedy ?? "`archwright doctor` checks every setting."}${where}`,
  };
}
