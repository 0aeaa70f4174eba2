import {
  type Call,
  created,
  type Handler,
  nothing,
  ok,
  page,
  parameter,
  type Routes,
  text,
} from "../call.ts";
import { emitLabel, note } from "../emit-thread.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { checkThreadRight } from "../rules/rights.ts";
import { labelsOf, shapeLabel } from "../shapes/thread.ts";
import type { Label, Thread, World } from "../world.ts";
import { findThread } from "./threads.ts";

const repo = "/repos/{owner}/{repo}";

/** Names out of the forms that GitHub takes: texts, or objects with a name. */
export const namesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).flatMap((item) => {
    const name = typeof item === "string" ? item : (item as { name?: unknown } | null)?.name;
    return typeof name === "string" ? [name] : [];
  });

export function ensureLabel(world: World, name: string): Label {
  const known = world.labels.get(name.toLowerCase());
  if (known) return known;
  checkName(name);
  const label: Label = { id: world.nextId(), name, color: "ededed", description: null };
  world.labels.set(name.toLowerCase(), label);
  return label;
}

function checkName(name: string): void {
  if (name.trim() === "") throw invalid("Label", "name", "missing_field");
  if ([...name].length > 50) {
    throw invalid("Label", "name", "custom", "name is too long (maximum is 50 characters)");
  }
}

type Way = { replace?: boolean; silent?: boolean; announceOnly?: boolean };

/** Puts labels on a thread (and takes others off with `replace`), one event each. */
export function applyLabels(
  call: Call,
  thread: Thread,
  names: readonly string[],
  way: Way = {},
): void {
  const { world, actor } = call;
  const wanted = [...new Set(names.map((name) => ensureLabel(world, name).name))];
  if (way.replace) {
    for (const name of thread.labels.filter((label) => !wanted.includes(label))) {
      takeOff(call, thread, name);
    }
  }
  for (const name of wanted) {
    if (thread.labels.includes(name) && !way.announceOnly) continue;
    if (!way.announceOnly) thread.labels.push(name);
    if (way.silent) continue;
    note(world, thread, actor, "labeled", { label: name });
    emitLabel(world, actor, thread, "labeled", name);
  }
}

function takeOff(call: Call, thread: Thread, name: string): void {
  thread.labels = thread.labels.filter((label) => label !== name);
  note(call.world, thread, call.actor, "unlabeled", { label: name });
  emitLabel(call.world, call.actor, thread, "unlabeled", name);
}

const labelledThread = (call: Call): Thread => {
  const thread = findThread(call);
  checkThreadRight(call, thread.pull !== null);
  return thread;
};

const answerLabels = (call: Call, thread: Thread) => ok(labelsOf(call.world, thread.labels));

const add: Handler = (call) => {
  const thread = labelledThread(call);
  applyLabels(call, thread, namesOf(call.body.labels));
  return answerLabels(call, thread);
};

const set: Handler = (call) => {
  const thread = labelledThread(call);
  applyLabels(call, thread, namesOf(call.body.labels), { replace: true });
  return answerLabels(call, thread);
};

const remove: Handler = (call) => {
  const thread = labelledThread(call);
  const wanted = parameter(call, "name").toLowerCase();
  const name = thread.labels.find((label) => label.toLowerCase() === wanted);
  if (name === undefined) throw new Refusal(404, "Label does not exist");
  takeOff(call, thread, name);
  return answerLabels(call, thread);
};

const removeAll: Handler = (call) => {
  const thread = labelledThread(call);
  for (const name of [...thread.labels]) takeOff(call, thread, name);
  return nothing();
};

const findLabel = (call: Call): Label => {
  const label = call.world.labels.get(parameter(call, "name").toLowerCase());
  if (!label) throw notFound();
  return label;
};

const emit = (call: Call, action: string, label: Label): void =>
  call.world.emit("label", call.actor, { action, label: shapeLabel(call.world, label) });

const create: Handler = (call) => {
  const name = String(call.body.name ?? "");
  checkName(name);
  if (call.world.labels.has(name.toLowerCase())) throw invalid("Label", "name", "already_exists");
  const label = ensureLabel(call.world, name);
  change(call, label);
  emit(call, "created", label);
  return created(shapeLabel(call.world, label));
};

function change(call: Call, label: Label): void {
  const color = text(call, "color");
  if (color !== null && !/^[0-9a-f]{6}$/i.test(color)) throw invalid("Label", "color", "invalid");
  const description = text(call, "description");
  if (description !== null && description.length > 100) {
    throw invalid(
      "Label",
      "description",
      "custom",
      "description is too long (maximum is 100 characters)",
    );
  }
  label.color = color ?? label.color;
  label.description = description ?? label.description;
}

const update: Handler = (call) => {
  const label = findLabel(call);
  const name = text(call, "new_name");
  if (name !== null) rename(call.world, label, name);
  change(call, label);
  emit(call, "edited", label);
  return ok(shapeLabel(call.world, label));
};

function rename(world: World, label: Label, name: string): void {
  checkName(name);
  for (const thread of world.threads.values()) {
    thread.labels = thread.labels.map((old) => (old === label.name ? name : old));
  }
  world.labels.delete(label.name.toLowerCase());
  label.name = name;
  world.labels.set(name.toLowerCase(), label);
}

const destroy: Handler = (call) => {
  const label = findLabel(call);
  for (const thread of call.world.threads.values()) {
    thread.labels = thread.labels.filter((name) => name !== label.name);
  }
  call.world.labels.delete(label.name.toLowerCase());
  emit(call, "deleted", label);
  return nothing();
};

export const labelRoutes: Routes = {
  [`GET ${repo}/labels`]: (call) =>
    page(
      call,
      [...call.world.labels.values()].map((label) => shapeLabel(call.world, label)),
    ),
  [`POST ${repo}/labels`]: create,
  [`GET ${repo}/labels/{name}`]: (call) => ok(shapeLabel(call.world, findLabel(call))),
  [`PATCH ${repo}/labels/{name}`]: update,
  [`DELETE ${repo}/labels/{name}`]: destroy,
  [`GET ${repo}/issues/{issue_number}/labels`]: (call) =>
    page(call, labelsOf(call.world, findThread(call).labels)),
  [`POST ${repo}/issues/{issue_number}/labels`]: add,
  [`PUT ${repo}/issues/{issue_number}/labels`]: set,
  [`DELETE ${repo}/issues/{issue_number}/labels/{name}`]: remove,
  [`DELETE ${repo}/issues/{issue_number}/labels`]: removeAll,
};
