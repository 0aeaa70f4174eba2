import {
  type Call,
  created,
  type Handler,
  nothing,
  ok,
  page,
  parameter,
  type Routes,
} from "../call.ts";
import { type Commit, readCommit, type Signature, writeCommit } from "../git/commits.ts";
import {
  changeTree,
  findPath,
  kindOfMode,
  listFiles,
  readTree,
  type TreeFile,
  writeTree,
} from "../git/trees.ts";
import { notFound, Refusal } from "../refusal.ts";
import { checkMove, isFastForward } from "../rules/check-move.ts";
import { moveRef } from "../rules/move-ref.ts";
import { readRef } from "../rules/read-ref.ts";
import { botSignature, emailOf, shapeGitCommit } from "../shapes/commit.ts";
import { apiOf } from "../shapes/repository.ts";
import type { World } from "../world.ts";

const repo = "/repos/{owner}/{repo}/git";

const createBlob: Handler = ({ world, body }) => {
  const encoding = body.encoding === "base64" ? "base64" : "utf8";
  const data = Buffer.from(String(body.content ?? ""), encoding);
  if (data.length > 40 * 1024 * 1024) throw new Refusal(422, "Blob is too large");
  const sha = world.objects.write("blob", data);
  return created({ sha, url: `${apiOf(world)}/git/blobs/${sha}` });
};

const getBlob: Handler = (call) => {
  const sha = parameter(call, "file_sha");
  const data = call.world.objects.readKind(sha, "blob");
  if (!data) throw notFound();
  if (/raw/.test(call.headers.accept ?? "")) return { status: 200, bytes: data };
  return ok({
    sha,
    node_id: `B_${sha}`,
    size: data.length,
    url: `${apiOf(call.world)}/git/blobs/${sha}`,
    content: data.toString("base64").replace(/(.{60})/g, "$1\n"),
    encoding: "base64",
  });
};

type TreeItem = {
  path: string;
  mode?: string;
  type?: string;
  sha?: string | null;
  content?: string;
};

function readItem(world: World, item: TreeItem): TreeFile | null {
  if (item.content !== undefined) {
    const id = world.objects.write("blob", Buffer.from(item.content));
    return { mode: item.mode ?? "100644", id };
  }
  if (item.sha === null || item.sha === undefined) return null;
  if (item.mode !== "160000" && !world.objects.read(item.sha)) {
    throw new Refusal(422, `tree.sha ${item.sha} is not a valid ${item.type ?? "blob"}`);
  }
  return { mode: item.mode ?? "100644", id: item.sha };
}

function shapeTree(world: World, sha: string, recursive: boolean) {
  const shape = (path: string, mode: string, id: string) => {
    const type = kindOfMode(mode);
    const size = type === "blob" ? world.objects.readKind(id, "blob")?.length : undefined;
    const url = `${apiOf(world)}/git/${type}s/${id}`;
    return { path, mode, type, sha: id, ...(size === undefined ? {} : { size }), url };
  };
  const visit = (id: string, prefix: string): ReturnType<typeof shape>[] =>
    (readTree(world.objects, id) ?? []).flatMap((entry) => {
      const path = prefix + entry.name;
      const own = shape(path, entry.mode, entry.id);
      const isFolder = kindOfMode(entry.mode) === "tree";
      return recursive && isFolder ? [own, ...visit(entry.id, `${path}/`)] : [own];
    });
  return {
    sha,
    url: `${apiOf(world)}/git/trees/${sha}`,
    tree: visit(sha, ""),
    truncated: false,
  };
}

const createTree: Handler = ({ world, body }) => {
  const items = (body.tree ?? []) as TreeItem[];
  const base = typeof body.base_tree === "string" ? body.base_tree : null;
  const start = base === null ? null : (readCommit(world.objects, base)?.tree ?? base);
  if (start !== null && !world.objects.readKind(start, "tree")) {
    throw new Refusal(404, "Not Found");
  }
  const changes = new Map(items.map((item) => [item.path, readItem(world, item)]));
  for (const [path, file] of changes) {
    const present = start !== null && findPath(world.objects, start, path);
    if (file === null && !present) throw new Refusal(422, "GitRPC::BadObjectState");
    if (/(^|\/)(\.git|\.\.?)(\/|$)|^\/|\/$|\/\//.test(path)) {
      throw new Refusal(422, "tree.path contains a malformed path component");
    }
  }
  const flat = new Map([...changes].flatMap(([path, file]) => spread(world, path, file)));
  const sha = changeTree(world.objects, start, flat) ?? writeTree(world.objects, []);
  return created(shapeTree(world, sha, false));
};

/** A whole folder given by its tree is put there file by file. */
function spread(world: World, path: string, file: TreeFile | null): [string, TreeFile | null][] {
  if (file?.mode !== "040000") return [[path, file]];
  return [...listFiles(world.objects, file.id, `${path}/`)];
}

const getTree: Handler = (call) => {
  const name = parameter(call, "tree_sha");
  const { objects } = call.world;
  const commit = readCommit(objects, readRef(call.world, `refs/heads/${name}`) ?? name);
  const sha = commit?.tree ?? name;
  if (!objects.readKind(sha, "tree")) throw notFound();
  return ok(shapeTree(call.world, sha, call.query.has("recursive")));
};

function signatureOf(value: unknown, fallback: Signature): Signature {
  if (value === null || typeof value !== "object") return fallback;
  const { name, email, date } = value as Partial<Signature>;
  const stamp = date === undefined ? fallback.date : new Date(date).toISOString();
  return {
    name: name ?? fallback.name,
    email: email ?? fallback.email,
    date: stamp.replace(/\.\d+Z$/, "Z"),
  };
}

const createCommit: Handler = ({ world, actor, body }) => {
  const tree = String(body.tree);
  const parents = (body.parents ?? []) as string[];
  if (!world.objects.readKind(tree, "tree")) throw new Refusal(422, "Tree SHA does not exist");
  if (!parents.every((parent) => world.objects.readKind(parent, "commit"))) {
    throw new Refusal(422, "Parent SHA does not exist or is not a commit object");
  }
  const self = { name: actor.account.login, email: emailOf(actor.account), date: world.now() };
  const author = signatureOf(body.author, self);
  const committer = signatureOf(body.committer, body.author ? author : self);
  // GitHub signs for a bot that writes in its own name.
  const isOwn = actor.kind !== "user" && !body.author && !body.committer;
  const signature =
    typeof body.signature === "string" ? body.signature : isOwn ? botSignature : null;
  const commit: Omit<Commit, "id"> = {
    tree,
    parents,
    author,
    committer,
    message: String(body.message),
    signature,
  };
  return created(shapeGitCommit(world, { ...commit, id: writeCommit(world.objects, commit) }));
};

const getCommit: Handler = (call) => {
  const commit = readCommit(call.world.objects, parameter(call, "commit_sha"));
  if (!commit) throw notFound();
  return ok(shapeGitCommit(call.world, commit));
};

const shapeRef = (world: World, name: string, sha: string) => {
  const type = world.objects.read(sha)?.kind ?? "commit";
  return {
    ref: name,
    node_id: `REF_${Buffer.from(name).toString("base64url")}`,
    url: `${apiOf(world)}/git/${name}`,
    object: { sha, type, url: `${apiOf(world)}/git/${type}s/${sha}` },
  };
};

const getRef: Handler = (call) => {
  const name = `refs/${parameter(call, "ref")}`;
  const sha = readRef(call.world, name);
  if (sha === null) throw notFound();
  return ok(shapeRef(call.world, name, sha));
};

const matchingRefs: Handler = (call) => {
  const { world } = call;
  const found = world.refs.list(`refs/${parameter(call, "ref")}`).flatMap(({ name }) => {
    const sha = readRef(world, name);
    return sha === null ? [] : [shapeRef(world, name, sha)];
  });
  return page(call, found);
};

function checkTarget(call: Call, sha: string): void {
  if (!/^[0-9a-f]{40}$/.test(sha)) {
    throw new Refusal(
      422,
      "The sha parameter must be exactly 40 characters and contain only [0-9a-f].",
    );
  }
  if (!call.world.objects.read(sha)) throw new Refusal(422, "Object does not exist");
}

function refuseByRule(call: Call, name: string, to: string | null): void {
  const objection = checkMove(call.world, call.actor, name, to);
  if (!objection) return;
  throw new Refusal(objection.kind === "workflow" ? 403 : 422, objection.message);
}

const createRef: Handler = (call) => {
  const name = String(call.body.ref);
  const sha = String(call.body.sha);
  if (!/^refs\/[^/]+\/.+/.test(name) || /\.\.|[\s~^:?*[\\]|\/$|\.lock$/.test(name)) {
    throw new Refusal(422, `${name} is not a valid ref name.`);
  }
  checkTarget(call, sha);
  if (call.world.refs.read(name) !== null) throw new Refusal(422, "Reference already exists");
  refuseByRule(call, name, sha);
  moveRef(call.world, call.actor, name, sha);
  return created(shapeRef(call.world, name, sha));
};

const updateRef: Handler = (call) => {
  const name = `refs/${parameter(call, "ref")}`;
  const sha = String(call.body.sha);
  if (call.world.refs.read(name) === null) throw new Refusal(422, "Reference does not exist");
  checkTarget(call, sha);
  if (call.body.force !== true && !isFastForward(call.world, name, sha)) {
    throw new Refusal(422, "Update is not a fast forward");
  }
  refuseByRule(call, name, sha);
  moveRef(call.world, call.actor, name, sha);
  return ok(shapeRef(call.world, name, sha));
};

const deleteRef: Handler = (call) => {
  const name = `refs/${parameter(call, "ref")}`;
  if (call.world.refs.read(name) === null) throw new Refusal(422, "Reference does not exist");
  refuseByRule(call, name, null);
  moveRef(call.world, call.actor, name, null);
  return nothing();
};

export const gitDataRoutes: Routes = {
  [`POST ${repo}/blobs`]: createBlob,
  [`GET ${repo}/blobs/{file_sha}`]: getBlob,
  [`POST ${repo}/trees`]: createTree,
  [`GET ${repo}/trees/{tree_sha}`]: getTree,
  [`POST ${repo}/commits`]: createCommit,
  [`GET ${repo}/commits/{commit_sha}`]: getCommit,
  [`GET ${repo}/ref/{ref}`]: getRef,
  [`GET ${repo}/matching-refs/{ref}`]: matchingRefs,
  [`POST ${repo}/refs`]: createRef,
  [`PATCH ${repo}/refs/{ref}`]: updateRef,
  [`DELETE ${repo}/refs/{ref}`]: deleteRef,
};
