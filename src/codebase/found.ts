/** Things of a codebase that no grammar names. Found on demand by looking at lines; each says where it stands. */
export type Place = { path: string; line: number; text: string };

/** A table, by SQL or by an object mapper of the common frameworks. `columns` in the order of the declaration. */
export type Table = Place & {
  name: string;
  columns: readonly { name: string; type: string }[];
  by: "sql" | "mapper" | "migration";
};

/** A route as the code registers it: `GET /users/:id`; `method` is `ANY` where the code does not say. */
export type Route = Place & { method: string; pattern: string };

/** An environment variable that the code reads, or a key of a configuration file or schema. */
export type Setting = Place & { name: string; kind: "environment" | "configuration" };

/** Where this repository puts its tests, with how many say so. `pattern` is for people: `tests/**` + `/test_*.py`. */
export type TestLayout = {
  /** No test file at all. */
  none: boolean;
  /** Layouts by language and package, the most frequent first. */
  layouts: readonly {
    language: string;
    /** Folder of the package, "" for the root. */
    folder: string;
    placement: "beside" | "sibling-folder" | "separate-tree";
    /** Folder of a separate tree or name of the sibling folder; null for beside. */
    place: string | null;
    /** `{name}.test.ts`, `test_{name}.py`, `{name}_test.go`, `{Name}Test.java`. */
    naming: string;
    files: number;
    share: number;
    examples: readonly string[];
  }[];
};

/** A class or interface that others extend. */
export type BaseClass = {
  name: string;
  path: string;
  line: number;
  signature: string;
  /** Names of its members that subclasses give (abstract ones first). */
  members: readonly string[];
  subclasses: readonly { name: string; path: string; line: number }[];
};
