import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";

export type ObjectKind = "blob" | "tree" | "commit" | "tag";
export type GitObject = { kind: ObjectKind; data: Buffer };

const isId = (id: string): boolean => /^[0-9a-f]{40}$/.test(id);

/** The object store of a bare repository: loose objects without a process, packed ones through git. */
export class Objects {
  readonly bare: string;
  readonly #cache = new Map<string, GitObject>();

  constructor(bare: string) {
    this.bare = bare;
  }

  write(kind: ObjectKind, data: Buffer): string {
    const whole = Buffer.concat([Buffer.from(`${kind} ${data.length}\0`), data]);
    const id = createHash("sha1").update(whole).digest("hex");
    const folder = join(this.bare, "objects", id.slice(0, 2));
    const path = join(folder, id.slice(2));
    if (!existsSync(path)) {
      mkdirSync(folder, { recursive: true });
      const draft = `${path}.${process.pid}`;
      writeFileSync(draft, deflateSync(whole, { level: 1 }), { mode: 0o444 });
      renameSync(draft, path);
    }
    this.#cache.set(id, { kind, data });
    return id;
  }

  read(id: string): GitObject | null {
    if (!isId(id)) return null;
    const known = this.#cache.get(id);
    if (known) return known;
    const found = this.#readLoose(id) ?? this.#readPacked(id);
    if (found && found.data.length < 1_000_000) this.#cache.set(id, found);
    return found;
  }

  /** Forgets what was read: the store is another one now. */
  forget(): void {
    this.#cache.clear();
  }

  readKind(id: string, kind: ObjectKind): Buffer | null {
    const found = this.read(id);
    return found?.kind === kind ? found.data : null;
  }

  #readLoose(id: string): GitObject | null {
    const path = join(this.bare, "objects", id.slice(0, 2), id.slice(2));
    if (!existsSync(path)) return null;
    const whole = inflateSync(readFileSync(path));
    const end = whole.indexOf(0);
    const kind = whole.subarray(0, end).toString().split(" ")[0] as ObjectKind;
    return { kind, data: whole.subarray(end + 1) };
  }

  #readPacked(id: string): GitObject | null {
    if (!existsSync(join(this.bare, "objects/info/packs")) && !this.#hasPacks()) return null;
    const answer = execFileSync("git", ["-C", this.bare, "cat-file", "--batch"], {
      input: `${id}\n`,
      maxBuffer: 200_000_000,
    });
    const end = answer.indexOf(10);
    const [, kind, size] = answer.subarray(0, end).toString().split(" ");
    if (size === undefined) return null;
    return { kind: kind as ObjectKind, data: answer.subarray(end + 1, end + 1 + Number(size)) };
  }

  #hasPacks(): boolean {
    return existsSync(join(this.bare, "objects/pack"));
  }
}
