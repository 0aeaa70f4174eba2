// Cuts GitHub's published OpenAPI description down to the operations that this project calls or may call, as plain JSON Schema for
// ajv. The description is far too large to depend on: install @octokit/openapi in a temporary folder and name that folder here:
//   node scripts/extract-openapi.mjs <folder with node_modules/@octokit/openapi>
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
if (!folder) throw new Error("Name the folder that @octokit/openapi is installed in.");
const home = join(folder, "node_modules/@octokit/openapi");
const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
const published = JSON.parse(readFileSync(join(home, "generated/api.github.com.json"), "utf8"));

const operations = `
meta/get rate-limit/get users/get-authenticated users/get-by-username
apps/get-authenticated apps/get-by-slug apps/list-installations apps/get-installation apps/get-repo-installation
apps/create-installation-access-token apps/revoke-installation-access-token apps/list-repos-accessible-to-installation
apps/list-webhook-deliveries apps/get-webhook-delivery apps/redeliver-webhook-delivery apps/get-webhook-config-for-app
repos/get repos/get-content repos/compare-commits repos/get-branch repos/list-branches repos/get-branch-rules repos/get-branch-protection
repos/get-commit repos/list-commits repos/get-collaborator-permission-level repos/list-collaborators
repos/create-commit-status repos/get-combined-status-for-ref repos/list-commit-statuses-for-ref repos/create-dispatch-event
repos/list-pull-requests-associated-with-commit
git/create-blob git/get-blob git/create-tree git/get-tree git/create-commit git/get-commit git/create-ref git/get-ref
git/update-ref git/delete-ref git/list-matching-refs
issues/create issues/get issues/update issues/list-for-repo issues/list-comments issues/list-comments-for-repo
issues/create-comment issues/get-comment issues/update-comment issues/delete-comment issues/list-events-for-timeline issues/list-events
issues/list-labels-for-repo issues/create-label issues/get-label issues/update-label issues/delete-label
issues/list-labels-on-issue issues/add-labels issues/set-labels issues/remove-label issues/remove-all-labels issues/lock issues/unlock
reactions/create-for-issue-comment reactions/list-for-issue-comment reactions/delete-for-issue-comment
reactions/create-for-issue reactions/list-for-issue reactions/delete-for-issue
pulls/list pulls/get pulls/create pulls/update pulls/list-files pulls/list-commits pulls/merge pulls/check-if-merged
pulls/list-reviews pulls/get-review pulls/create-review pulls/update-review pulls/dismiss-review pulls/list-comments-for-review
pulls/list-review-comments pulls/create-review-comment pulls/request-reviewers
checks/create checks/update checks/get checks/list-for-ref checks/list-annotations
actions/list-workflow-runs-for-repo actions/list-workflow-runs actions/get-workflow-run actions/cancel-workflow-run
actions/force-cancel-workflow-run actions/re-run-workflow actions/re-run-workflow-failed-jobs actions/approve-workflow-run
actions/list-jobs-for-workflow-run actions/list-workflow-run-artifacts actions/list-artifacts-for-repo actions/get-artifact
actions/download-artifact actions/list-repo-workflows actions/get-workflow actions/create-workflow-dispatch
actions/get-github-actions-permissions-repository actions/get-github-actions-permissions-organization
actions/get-github-actions-default-workflow-permissions-repository
actions/get-github-actions-default-workflow-permissions-organization
actions/list-repo-secrets actions/list-repo-organization-secrets actions/get-repo-secret actions/list-repo-variables
`
  .trim()
  .split(/\s+/);

const follow = (reference) =>
  reference
    .slice(2)
    .split("/")
    .reduce((node, key) => node[key], published);
const resolve = (node) => (node?.$ref ? follow(node.$ref) : node);

const schemas = {};
const documentation = new Set(
  "nullable example examples description title deprecated discriminator externalDocs readOnly".split(
    " ",
  ),
);
const verbatim = new Set(["required", "enum", "default", "type", "format", "pattern"]);

function referTo(node) {
  const name = node.$ref.split("/").pop();
  if (!(name in schemas)) {
    schemas[name] = true;
    schemas[name] = toJsonSchema(follow(node.$ref));
  }
  const reference = { $ref: `#/components/schemas/${name}` };
  return node.nullable ? { anyOf: [reference, { type: "null" }] } : reference;
}

function allowNull(schema) {
  if (!schema.type) return { anyOf: [schema, { type: "null" }] };
  const withNull = { ...schema, type: [schema.type, "null"] };
  if (schema.enum && !schema.enum.includes(null)) withNull.enum = [...schema.enum, null];
  return withNull;
}

/** OpenAPI 3.0 to JSON Schema: `nullable` becomes a null type, and `oneOf` an `anyOf`, because GitHub's own alternatives overlap. */
function toJsonSchema(node) {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (node === null || typeof node !== "object") return node;
  if (typeof node.$ref === "string") return referTo(node);
  const schema = {};
  for (const [key, value] of Object.entries(node)) {
    if (documentation.has(key) || key.startsWith("x-")) continue;
    if (key === "properties") {
      schema.properties = Object.fromEntries(
        Object.entries(value).map(([name, property]) => [name, toJsonSchema(property)]),
      );
    } else if (verbatim.has(key)) schema[key] = value;
    else schema[key === "oneOf" ? "anyOf" : key] = toJsonSchema(value);
  }
  return node.nullable ? allowNull(schema) : schema;
}

/** Keys that the description does not name are mistakes of ours, so they are refused, at every depth that it spells out. */
function close(schema) {
  if (schema?.items) close(schema.items);
  if (!schema?.properties) {
    for (const alternative of schema?.anyOf ?? []) close(alternative);
    return schema;
  }
  schema.additionalProperties ??= false;
  for (const property of Object.values(schema.properties)) close(property);
  return schema;
}

const exampleBytes = 6000;

function describeResponse(response) {
  const content = resolve(response).content?.["application/json"];
  if (!content?.schema) return {};
  const described = { schema: toJsonSchema(content.schema) };
  const example = resolve(Object.values(content.examples ?? {})[0])?.value;
  if (example && JSON.stringify(example).length <= exampleBytes) described.example = example;
  return described;
}

function describeOperation(operation) {
  const parameters = (operation.parameters ?? []).map(resolve);
  const described = { id: operation.operationId };
  const multiple = parameters.filter((one) => one["x-multi-segment"]).map((one) => one.name);
  if (multiple.length > 0) described.multiSegment = multiple;
  const query = parameters.filter((one) => one.in === "query");
  if (query.length > 0) {
    described.query = Object.fromEntries(
      query.map((one) => [
        one.name,
        { required: one.required === true, schema: toJsonSchema(one.schema) },
      ]),
    );
  }
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  if (body) {
    described.body = close(toJsonSchema(body));
    described.bodyRequired = operation.requestBody.required === true;
  }
  described.responses = Object.fromEntries(
    Object.entries(operation.responses).map(([status, response]) => [
      status,
      describeResponse(response),
    ]),
  );
  return described;
}

const wanted = new Set(operations);
const found = {};
for (const [path, item] of Object.entries(published.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    if (!wanted.delete(operation.operationId)) continue;
    found[`${method.toUpperCase()} ${path}`] = describeOperation(operation);
  }
}
if (wanted.size > 0) throw new Error(`Not in the description: ${[...wanted].join(", ")}`);

const entries = (table) =>
  Object.entries(table)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(",\n");
const text = `{
"source": "@octokit/openapi@${version} api.github.com",
"operations": {
${entries(found)}
},
"schemas": {
${entries(schemas)}
}
}
`;
writeFileSync("test/github/openapi.json", text);
console.log(
  `${Object.keys(found).length} operations, ${Object.keys(schemas).length} schemas, ${text.length} characters`,
);
