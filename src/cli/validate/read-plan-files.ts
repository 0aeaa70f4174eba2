import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { Fault, Parsed } from "../../documents/fault.ts";
import { parseBuildSpec } from "../../documents/parse-build-spec.ts";
import { parseDesign } from "../../documents/parse-design.ts";
import type { BuildSpec } from "../../documents/schema-build-spec.ts";
import type { Design } from "../../documents/schema-design.ts";
import { fail, type Result, succeed } from "../../shared/result.ts";

/** A document of a plan as it was read: where from, its words, and what they say or what is wrong with them. */
export type PlanFile<T> = { file: string; text: string; parsed: Parsed<T> };

export type PlanFiles = { design: PlanFile<Design> | null; specs: readonly PlanFile<BuildSpec>[] };

const maxBytes = 16 * 1024 * 1024;

/** Reads the documents of a plan from the disk, or the one named `-` from standard input. Failure: `bad-usage` for one that cannot be read. */
export async function readPlanFiles(named: {
  design?: string;
  spec: readonly string[];
}): Promise<Result<PlanFiles>> {
  const specs: PlanFile<BuildSpec>[] = [];
  for (const file of named.spec) {
    const read = await readText(file);
    if (!read.ok) return read;
    specs.push({ file, text: read.value, parsed: parseBuildSpec(read.value) });
  }
  if (named.design === undefined) return succeed({ design: null, specs });
  const read = await readText(named.design);
  if (!read.ok) return read;
  const design = { file: named.design, text: read.value, parsed: parseDesign(read.value) };
  return succeed({ design, specs });
}

async function readText(file: string): Promise<Result<string>> {
  const refuse = (detail: string): Result<string> =>
    fail({ reason: "bad-usage", detail: `${file} ${detail}.` });
  try {
    const bytes = file === "-" ? await readInput() : await readFile(file);
    if (bytes.length > maxBytes) return refuse("is too large to be a document of a plan");
    return succeed(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT") return refuse("is not there");
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return refuse("is not text in UTF-8");
    return refuse("cannot be read");
  }
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A fault of a document with the file it is in. */
export type FileFault = Fault & { file: string };

export function listFaults({ design, specs }: PlanFiles): FileFault[] {
  const files = [...(design ? [design] : []), ...specs];
  return files.flatMap(({ file, parsed }) =>
    parsed.ok ? [] : parsed.faults.map((fault) => ({ ...fault, file })),
  );
}

/** The path as the repository knows it; as it was given where it lies elsewhere. */
export function pathInRepository(file: string, root: string): string {
  const path = relative(root, resolve(file)).replaceAll("\\", "/");
  return path === "" || path.startsWith("../") || file === "-" ? file : path;
}
