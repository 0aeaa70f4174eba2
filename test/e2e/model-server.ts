import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Recorded, type Reply, startScriptedServer } from "../model/scripted-server.ts";
import type { Scene } from "./scene.ts";
import type { Turn } from "./stages.ts";

/** A message of a recorded request of Chat Completions. */
export type Message = { role: string; content: string | null; tool_call_id?: string };

export const messagesOf = ({ body }: Recorded): Message[] => body.messages as Message[];

/** Everything that a request tells the model, as one text. */
export const promptOf = (request: Recorded): string =>
  messagesOf(request)
    .map(({ content }) => content ?? "")
    .join("\n");

/** Whom a request speaks to, by the first words of its system prompt: `architect`, `builder`, … */
export const roleOf = (request: Recorded): string =>
  /^You are the (\w+)/.exec(messagesOf(request)[0]?.content ?? "")?.[1] ?? "";

/** Step of the builder that a request is about: `S-1`, `S-3-repair`, `fix`. */
export function stepOf(request: Recorded): string {
  const told = messagesOf(request).find(({ role }) => role === "user")?.content ?? "";
  const repair = /^# Repair: (S-\d+)/.exec(told);
  if (repair) return `${repair[1]}-repair`;
  return /^# Your step: (S-\d+)/.exec(told)?.[1] ?? (told.startsWith("# Fix round") ? "fix" : "");
}

/** The turn of the builder that is due: how often it has answered already. */
export const turnOf = (request: Recorded): number =>
  messagesOf(request).filter(({ role }) => role === "assistant").length;

/** Results of the tool calls of the turn before, as the model was told them. */
export function resultsOf(request: Recorded): string[] {
  const messages = messagesOf(request);
  const last = messages.findLastIndex(({ role }) => role === "assistant");
  return messages.slice(last + 1).map(({ content }) => content ?? "");
}

const scripts: Readonly<Record<string, string>> = {
  architect: "design.json",
  validator: "validate.json",
  reviewer: "review.BUILD_01.1.json",
};

/** The sample's scripted reply to a request over HTTP. */
export function scriptedReply(scene: Scene, request: Recorded): Reply {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(join(scene.replies, name), "utf8"));
  const script = scripts[roleOf(request)];
  if (script !== undefined) return { text: JSON.stringify(read(script)) };
  const step = stepOf(request).replace(/repair$/, "repair-1");
  const turn = (read(`build.BUILD_01.${step}.json`) as Turn[])[turnOf(request)];
  return { text: turn?.text ?? "", ...(turn?.calls ? { calls: turn.calls } : {}) };
}

/** A compatible server that answers with the sample's replies; the scene's configuration knows it as `local`. */
export async function serveScene(scene: Scene) {
  const server = await startScriptedServer();
  server.handle((request) => scriptedReply(scene, request));
  const path = join(scene.folder, "archwright.yml");
  const provider = `  local:\n    kind: compatible\n    baseUrl: ${server.url}/v1\n`;
  const prices = "  local:test:\n    input: 4\n    output: 20\n";
  const config = readFileSync(path, "utf8")
    .replace("providers:\n", `providers:\n${provider}`)
    .replace("prices:\n", `prices:\n${prices}`);
  writeFileSync(path, config);
  return server;
}
