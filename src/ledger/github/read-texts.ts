import type { Remote } from "./remote.ts";

type Blob = { text?: string | null; isTruncated?: boolean } | null;
type Ids = { id?: string; databaseId?: number };
type Answer = { repository: (Ids & { [alias: `b${number}`]: Blob | undefined }) | null };

/** Many blobs in one query; fewer of them cost no more by REST. */
const least = 2;
const most = 40;

/**
 * Texts of blobs by GraphQL, many in one call: a nicety. What it does not give (binary, cut off, another server) is left out, and is
 * asked for by REST. Nothing is believed: the caller holds each text to its id.
 */
export async function readTexts(
  remote: Remote,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const texts = new Map<string, Buffer>();
  for (
    let start = 0;
    ids.length - start >= least && !remote.lacks.has("bulk-read");
    start += most
  ) {
    const part = ids.slice(start, start + most);
    const { owner, name } = remote.api.repository;
    const answer = await remote.api.graphql<Answer>(renderQuery(part), { owner, name });
    if (!answer.ok && answer.status < 500 && answer.status !== 0) remote.lacks.add("bulk-read");
    if (!answer.ok) return texts;
    const { repository } = answer.data;
    if (repository?.b0 === undefined) remote.lacks.add("bulk-read");
    const { id: node, databaseId } = repository ?? {};
    if (node && databaseId) remote.tellRepository({ id: String(databaseId), node });
    for (const [index, id] of part.entries()) {
      const blob = repository?.[`b${index}`];
      if (typeof blob?.text === "string" && blob.isTruncated !== true) {
        texts.set(id, Buffer.from(blob.text));
      }
    }
  }
  return texts;
}

/** Ids are hexadecimal and come from trees that were checked, so they may stand in the text. */
function renderQuery(ids: readonly string[]): string {
  const fields = ids.map(
    (id, index) => `b${index}: object(oid: "${id}") { ... on Blob { text isTruncated } }`,
  );
  return `query LedgerTexts($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id databaseId ${fields.join(" ")} } }`;
}
