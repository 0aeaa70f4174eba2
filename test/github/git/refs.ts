import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** The refs of a bare repository, moved with git's own lock files, so that git beside us sees whole values only. */
export class Refs {
  readonly #bare: string;

  constructor(bare: string) {
    this.#bare = bare;
  }

  read(name: string): string | null {
    const path = join(this.#bare, name);
    if (existsSync(path) && statSync(path).isFile()) return readFileSync(path, "utf8").trim();
    return this.#packed().get(name) ?? null;
  }

  /** All refs whose whole name begins with `prefix`, in order. */
  list(prefix: string): { name: string; id: string }[] {
    const found = new Map([...this.#packed()].filter(([name]) => name.startsWith(prefix)));
    const visit = (folder: string): void => {
      for (const entry of readdirSync(join(this.#bare, folder), { withFileTypes: true })) {
        const name = `${folder}/${entry.name}`;
        if (entry.isDirectory()) visit(name);
        else if (name.startsWith(prefix) && !name.endsWith(".lock")) {
          found.set(name, readFileSync(join(this.#bare, name), "utf8").trim());
        }
      }
    };
    visit("refs");
    return [...found]
      .map(([name, id]) => ({ name, id }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  /** Moves a ref, or deletes it with null. */
  write(name: string, id: string | null): void {
    const path = join(this.#bare, name);
    const lock = `${path}.lock`;
    mkdirSync(dirname(path), { recursive: true });
    if (id !== null) {
      writeFileSync(lock, `${id}\n`, { flag: "wx" });
      renameSync(lock, path);
      return;
    }
    if (existsSync(path)) unlinkSync(path);
    this.#forgetPacked(name);
    for (
      let folder = dirname(path);
      folder !== join(this.#bare, "refs");
      folder = dirname(folder)
    ) {
      if (readdirSync(folder).length > 0 || dirname(folder) === join(this.#bare, "refs")) break;
      rmdirSync(folder);
    }
  }

  #packed(): Map<string, string> {
    const path = join(this.#bare, "packed-refs");
    if (!existsSync(path)) return new Map();
    const lines = readFileSync(path, "utf8").split("\n");
    return new Map(
      lines.flatMap((line) => {
        const match = /^([0-9a-f]{40}) (\S+)$/.exec(line);
        return match ? [[match[2] ?? "", match[1] ?? ""] as const] : [];
      }),
    );
  }

  #forgetPacked(name: string): void {
    if (!this.#packed().has(name)) return;
    const path = join(this.#bare, "packed-refs");
    const kept = readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => !line.endsWith(` ${name}`));
    writeFileSync(path, kept.join("\n"));
  }
}
