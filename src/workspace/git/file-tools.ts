import type { AgentToolContext } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import type { Tool } from "../../model/port.ts";
import type { Failure } from "../../shared/failure.ts";
import { isPlainGlob } from "../../shared/is-plain-glob.ts";
import type { Result } from "../../shared/result.ts";
import { confinePath } from "./confine-path.ts";
import { moveFileAt, type Room, readFileAt, removeFileAt } from "./edit-files.ts";

type SdkTool = ReturnType<
  typeof import("@anthropic-ai/sdk/tools/agent-toolset/node").betaAgentToolset20260401
>[number];

/** A failed check, told to the model. */
function told(failure: Failure): Error {
  if (failure.reason === "path-refused")
    return new Error(`${failure.path} is refused: ${failure.rule}`);
  if (failure.reason === "disk-full") return new Error("the disk is full");
  return new Error(failure.reason === "git-failed" ? failure.detail : failure.reason);
}

function demand<T>(result: Result<T>): T {
  if (!result.ok) throw told(result.failure);
  return result.value;
}

/** A property of a tool's input that has to be text. */
function textOf(input: unknown, name: string): string {
  const value = input !== null && typeof input === "object" ? Reflect.get(input, name) : undefined;
  if (typeof value !== "string") throw new Error(`${name} must be text`);
  return value;
}

const properties = (names: Readonly<Record<string, string>>): Record<string, unknown> => ({
  type: "object",
  properties: Object.fromEntries(
    Object.entries(names).map(([name, description]) => [name, { type: "string", description }]),
  ),
  required: Object.keys(names),
  additionalProperties: false,
});

/**
 * The file tools of a model in a worktree: read, write, edit, glob, grep (the Anthropic SDK's, without its shell) and
 * remove and move. Paths are relative to the root. Every write passes the path policy, links followed; results name
 * no folder of this machine. The SDK is loaded at the first call.
 */
export function createFileTools(room: Room): readonly Tool[] {
  let loading: Promise<Map<string, SdkTool>> | null = null;
  const sdk = (name: string) => {
    loading ??= loadSdkTools(room);
    return loading.then((tools) => {
      const tool = tools.get(name);
      if (tool === undefined) throw new Error(`the SDK has no tool ${name}`);
      return tool;
    });
  };
  const pass = async (name: string, input: unknown, signal: AbortSignal): Promise<string> => {
    signal.throwIfAborted();
    try {
      return hideRoot(room, await runSdkTool(await sdk(name), input, signal));
    } catch (error) {
      throw new Error(hideRoot(room, error instanceof Error ? error.message : String(error)));
    }
  };
  return [...searchTools(room, pass), ...writeTools(room, pass), ...orderTools(room)];
}

type Pass = (name: string, input: unknown, signal: AbortSignal) => Promise<string>;

function searchTools(room: Room, pass: Pass): Tool[] {
  return [
    readTool(room, pass),
    {
      name: "glob",
      description: "List files that match a glob pattern, such as src/**/*.ts, by path.",
      input: properties({ pattern: "glob pattern relative to the root" }),
      run: async (input, signal) => {
        const pattern = textOf(input, "pattern");
        // Matching goes on in this very process: nothing could stop it, not even the person's Ctrl-C.
        if (!isPlainGlob(pattern)) {
          throw new Error(
            "use a plain pattern: no groups, at most 3 wildcards in a name and 6 in all",
          );
        }
        const found = await pass("glob", { pattern }, signal);
        return found.split("\n").sort().join("\n");
      },
    },
    {
      name: "grep",
      description: "Search the contents of files for a regular expression; answers path:line:text.",
      input: {
        type: "object",
        properties: {
          pattern: { type: "string", description: "regular expression" },
          path: { type: "string", description: "file or folder to search; left out, everything" },
        },
        required: ["pattern"],
        additionalProperties: false,
      },
      run: (input, signal) => pass("grep", input, signal),
    },
  ];
}

const readTool = (room: Room, pass: Pass): Tool => ({
  name: "read",
  description:
    "Read a UTF-8 text file, whole or the lines [first, last] of it (from 1; last -1 is the end).",
  input: {
    type: "object",
    properties: {
      file_path: { type: "string", description: "path relative to the root" },
      view_range: { type: "array", items: { type: "integer" }, minItems: 2, maxItems: 2 },
    },
    required: ["file_path"],
    additionalProperties: false,
  },
  run: async (input, signal) => {
    const path = textOf(input, "file_path");
    const content = demand(await readFileAt(room, path));
    if (content === null) throw new Error(`${path} is not a file`);
    const large = content.kind === "binary" && content.bytes > room.textBytes;
    const part = Reflect.get(input as object, "view_range") !== undefined;
    if (content.kind === "text" || (large && part)) return pass("read", input, signal);
    throw new Error(`${path} is not text or too large (${content.bytes} bytes)`);
  },
});

function writeTools(room: Room, pass: Pass): Tool[] {
  const guarded = async (name: string, input: unknown, signal: AbortSignal) => {
    const path = textOf(input, "file_path");
    const place = demand(await confinePath(room.root, path, { policy: room.policy }));
    const added = name === "write" ? textOf(input, "content") : textOf(input, "new_string");
    if (Buffer.byteLength(added) > room.textBytes) {
      throw new Error(`${path} would be larger than ${room.textBytes} bytes`);
    }
    if (name === "edit") {
      const content = demand(await readFileAt(room, place.relative));
      if (content?.kind === "binary") throw new Error(`${path} is not text or too large`);
    }
    return pass(name, input, signal);
  };
  return [
    {
      name: "write",
      description: "Write a UTF-8 text file, whole; folders are created as needed.",
      input: properties({ file_path: "path relative to the root", content: "the whole new text" }),
      run: (input, signal) => guarded("write", input, signal),
    },
    {
      name: "edit",
      description:
        "Replace old_string, which must stand in the file exactly once (or replace_all), with new_string.",
      input: {
        type: "object",
        properties: {
          file_path: { type: "string", description: "path relative to the root" },
          old_string: { type: "string" },
          new_string: { type: "string" },
          replace_all: { type: "boolean" },
        },
        required: ["file_path", "old_string", "new_string"],
        additionalProperties: false,
      },
      run: (input, signal) => guarded("edit", input, signal),
    },
  ];
}

function orderTools(room: Room): Tool[] {
  return [
    {
      name: "remove",
      description: "Remove a file.",
      input: properties({ file_path: "path relative to the root" }),
      run: async (input) => {
        const path = textOf(input, "file_path");
        demand(await removeFileAt(room, path));
        return `removed ${path}`;
      },
    },
    {
      name: "move",
      description: "Move a file to a path where nothing is yet.",
      input: properties({ from: "path relative to the root", to: "new path" }),
      run: async (input) => {
        const [from, to] = [textOf(input, "from"), textOf(input, "to")];
        demand(await moveFileAt(room, from, to));
        return `moved ${from} to ${to}`;
      },
    },
  ];
}

async function loadSdkTools(room: Room): Promise<Map<string, SdkTool>> {
  const { betaAgentToolset20260401 } = await import("@anthropic-ai/sdk/tools/agent-toolset/node");
  const context: AgentToolContext = { workdir: room.root, maxFileBytes: room.textBytes };
  const tools = betaAgentToolset20260401(context).filter((tool) => tool.name !== "bash");
  return new Map(tools.flatMap((tool) => ("name" in tool ? [[tool.name, tool] as const] : [])));
}

async function runSdkTool(tool: SdkTool, input: unknown, signal: AbortSignal): Promise<string> {
  const block = { type: "tool_use" as const, id: "local", name: tool.name, input };
  const answer = await tool.run(tool.parse(input), { toolUse: block, toolUseBlock: block, signal });
  if (typeof answer === "string") return answer;
  return answer.map((block) => (block.type === "text" ? block.text : "")).join("\n");
}

const hideRoot = (room: Room, text: string): string =>
  text.replaceAll(`${room.root}/`, "").replaceAll(room.root, ".");
