import type { SourceFile } from "../codebase.ts";
import { languageOf } from "./name-language.ts";
import { isProp, nameOf } from "./split-path.ts";

/** What a file is one of, in the plural, as a folder of such files would be described. */
export type FileLabel =
  | "tests"
  | "test data"
  | "migrations"
  | "routes"
  | "tables and models"
  | "components"
  | "documents"
  | "scripts"
  | "configuration"
  | "workflows"
  | "styles"
  | "translations"
  | "images"
  | "templates"
  | "generated files"
  | "vendored code"
  | "types"
  | "data";

/** What other searches found, where they were made: their paths say more than any name. */
export type Labelled = {
  routes: ReadonlySet<string>;
  tables: ReadonlySet<string>;
  executables: ReadonlySet<string>;
};

const migrationImports = /^(?:django\.db(?:\.migrations)?|alembic(?:\.op)?|knex|typeorm)$/;
const migrationNames = /^(?:\d{3,}[-_]|[VUR]\d+(?:[._]\d+)*__|[0-9a-f]{12}_)/;
const migrationSymbols = new Set(["up", "down", "upgrade", "downgrade", "Migration", "change"]);

const byRole: Readonly<Partial<Record<SourceFile["role"], FileLabel>>> = {
  generated: "generated files",
  vendored: "vendored code",
  test: "tests",
};
const byEnding: readonly (readonly [RegExp, FileLabel])[] = [
  [/\.(?:css|scss|sass|less|styl)$/i, "styles"],
  [/\.(?:png|jpe?g|gif|svg|ico|webp)$/i, "images"],
  [/\.(?:po|pot|mo|ftl)$|(?:^|\/)(?:locales?|i18n|lang)\/.*\.(?:json|ya?ml)$/i, "translations"],
  [/\.(?:hbs|ejs|jinja2?|j2|tmpl|mustache|erb|twig|html?\.template|liquid|pug)$/i, "templates"],
  [/(?:^|\/)\.(?:github|gitlab)\/workflows\/.*\.ya?ml$/, "workflows"],
];

/** What one file is for, by its content as far as an index tells it; null for plain code, of which a folder's name says as much. */
export function labelFile(file: SourceFile, found: Labelled): FileLabel | null {
  if (isProp(file.path) && file.role !== "vendored") return "test data";
  const role = byRole[file.role];
  if (role !== undefined) return role;
  if (isMigration(file)) return "migrations";
  const ending = byEnding.find(([pattern]) => pattern.test(file.path))?.[1];
  if (ending !== undefined) return ending;
  if (file.role === "document") return "documents";
  if (file.role === "configuration") return "configuration";
  if (file.role === "data") return "data";
  if (file.role !== "source") return null;
  if (found.routes.has(file.path)) return "routes";
  if (found.tables.has(file.path)) return "tables and models";
  return labelCode(file, found);
}

function labelCode(file: SourceFile, found: Labelled): FileLabel | null {
  const language = languageOf(file);
  if (language === "tsx" || language === "vue" || language === "svelte") return "components";
  if (language === "shell" || found.executables.has(file.path)) return "scripts";
  const own = file.symbols.filter(({ owner, exported }) => owner === null && exported);
  const isTypes = own.length > 1 && own.every(({ kind }) => /^(?:type|interface|enum)$/.test(kind));
  return isTypes ? "types" : null;
}

function isMigration(file: SourceFile): boolean {
  const isNamed = migrationNames.test(nameOf(file.path));
  const isPlaced = /(?:^|\/)(?:migrations?|migrate|versions|changelogs?)\//i.test(file.path);
  if (/\.sql$/i.test(file.path)) return isNamed || isPlaced;
  if (file.role !== "source" || !(isNamed || isPlaced)) return false;
  return (
    file.symbols.some(({ name }) => migrationSymbols.has(name)) ||
    file.imports.some(({ specifier }) => migrationImports.test(specifier))
  );
}
