import { type Check, type Finding, ok, type Patient, unknown, weak, wrong } from "./finding.ts";

const ABOUT = "workflow";

/** Rights that the jobs route and publish need; a caller that grants less fails before any job starts. */
const needed = ["contents", "issues", "pull-requests", "statuses", "actions"] as const;

/** Rights that a workflow's text grants, read by lines: the reader of YAML belongs to the configuration, and this need not be exact. */
function missingRights(text: string): string[] {
  if (/^permissions:\s*write-all/m.test(text)) return [];
  return needed.filter((right) => !new RegExp(`\\b${right}:\\s*write\\b`).test(text));
}

/** The title of a run holds the nonce of its lease: as a whole, or taken out of the input. */
const namesWork =
  /^run-name:.*(?:\{\{\s*inputs\.work\s*(?:\|\||\}\})|fromJSON\(inputs\.work\)\.nonce)/m;

async function checkStarts({ api, config, web }: Patient): Promise<Finding[]> {
  const answer = await api.request(
    "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs",
    { workflow_id: config.workflow, per_page: 20 },
  );
  if (!answer.ok) return [unknown(ABOUT, "Its runs cannot be seen with this token.")];
  const [latest] = answer.data.workflow_runs;
  const broken = answer.data.workflow_runs.filter(
    ({ conclusion }) => conclusion === "startup_failure",
  );
  if (latest?.conclusion === "startup_failure") {
    const page = latest.html_url ?? `${web}/actions`;
    const fix = `Look at ${page}; most often a right is missing under \`permissions:\`. \`archwright init\` writes a right file.`;
    return [
      wrong(
        ABOUT,
        `Its last run failed before any job started (${broken.length} of the last 20).`,
        fix,
      ),
    ];
  }
  const parked = answer.data.workflow_runs.filter(({ status, conclusion }) =>
    [status, conclusion].includes("action_required"),
  );
  if (parked.length > 0) {
    const fix = `Press "Approve and run" at ${web}/actions, or loosen the rule under Settings, Actions, General.`;
    return [weak(ABOUT, `${parked.length} of its runs wait for approval.`, fix)];
  }
  return [];
}

/** The caller's workflow: there, active, with the rights that are needed and the name that finds a dispatched run again. */
export const checkWorkflow: Check = async (patient) => {
  const { config, snapshot, defaultBranch, web } = patient;
  const path = `.github/workflows/${config.workflow}`;
  const content = await snapshot?.read(path);
  if (!snapshot) return [unknown(ABOUT, `${path} cannot be read here.`)];
  if (content?.kind !== "text") {
    const fix = `\`archwright init\`, then commit and push to ${defaultBranch}.`;
    return [wrong(ABOUT, `${defaultBranch} has no ${path}.`, fix)];
  }
  const { text } = content;
  const findings: Finding[] = [];
  const missing = missingRights(text);
  const app = /^\s*uses:\s*\S*archwright-app\.yml\b/m.test(text);
  if (missing.length > 0 && !app) {
    const fix = `Add ${missing.map((right) => `\`${right}: write\``).join(", ")} under \`permissions:\` in ${path}.`;
    findings.push(
      wrong(ABOUT, `It grants too little: a run would fail before any job starts.`, fix),
    );
  }
  if (app && /\b12345\+your-app\[bot\]/.test(text)) {
    const fix = `Put your App's bot there: \`gh api 'users/<app>[bot]' --jq '"\\(.id)+\\(.login)@users.noreply.github.com"'\`.`;
    const what =
      "`ledger-authors` is that of the example: no phase would believe the App's ledger.";
    findings.push(wrong(ABOUT, what, fix));
  }
  if (!namesWork.test(text)) {
    const fix = `Add the line \`run-name: Archwright \${{ inputs.work || github.event_name }}\` to ${path}, or take it from the file that \`archwright init\` writes.`;
    findings.push(weak(ABOUT, "Its runs cannot be found again by what they work on.", fix));
  }
  const state = await patient.api.request(
    "GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}",
    {
      workflow_id: config.workflow,
    },
  );
  if (state.ok && state.data.state !== "active") {
    findings.push(
      wrong(ABOUT, `It is switched off (${state.data.state}).`, `Enable it at ${web}/actions.`),
    );
  }
  findings.push(...(await checkStarts(patient)));
  const version = /^\s*uses:\s*\S+@(\S+)/m.exec(text)?.[1] ?? "no named version";
  return findings.length > 0
    ? findings
    : [ok(ABOUT, `${path} is there and active, at ${version}.`)];
};

/** Rules of branches that would refuse our pushes. Asked for a branch named as ours are. */
export const checkBranchRules: Check = async ({ api, web }) => {
  const about = "branch rules";
  const branch = "archwright/1-example-01";
  const answer = await api.request("GET /repos/{owner}/{repo}/rules/branches/{branch}", { branch });
  if (!answer.ok) return [unknown(about, "Rules of branches cannot be seen with this token.")];
  const types = new Set(answer.data.map(({ type }) => String(type)));
  const page = `${web}/settings/rules`;
  const blocking: [string, string][] = [
    ["creation", "A ruleset forbids creating branches named `archwright/…`."],
    ["update", "A ruleset forbids pushing to branches named `archwright/…`."],
    [
      "required_signatures",
      "A ruleset asks for signed commits; commits that are pushed by git are not signed.",
    ],
    ["pull_request", "A ruleset asks for a pull request even to push to `archwright/…`."],
    ["commit_message_pattern", "A ruleset asks for a pattern of commit messages."],
    ["branch_name_pattern", "A ruleset asks for other names of branches."],
  ];
  const found = blocking.filter(([type]) => types.has(type));
  if (found.length === 0) return [ok(about, "No ruleset refuses branches named `archwright/…`.")];
  const fix = `Exclude \`archwright/**\` from the ruleset, or add the identity that pushes to its bypass list: ${page}.`;
  return found.map(([, what]) => wrong(about, what, fix));
};
