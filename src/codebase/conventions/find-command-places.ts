import type { Commands } from "../repository-facts.ts";
import { type Convention, printableName, showPlace } from "./convention.ts";

type ReadText = (path: string) => Promise<string | null>;

/** Where each tool of a command is told what to run: files of the root, and the look of the line. */
const sources: readonly {
  command: RegExp;
  files: readonly string[];
  line: (name: string) => RegExp;
}[] = [
  {
    command: /^(?:npm|pnpm|yarn|bun)(?: run)? ([\w:.-]+)$/,
    files: ["package.json"],
    line: (name) => new RegExp(`"${name}"\\s*:`),
  },
  {
    command: /^composer run ([\w:.-]+)$/,
    files: ["composer.json"],
    line: (name) => new RegExp(`"${name}"\\s*:`),
  },
  {
    command: /^make ([\w.-]+)$/,
    files: ["GNUmakefile", "makefile", "Makefile"],
    line: (name) => new RegExp(`^(?:[\\w.-]+[ \\t]+)*${name}(?:[ \\t]+[\\w.-]+)*[ \\t]*:`),
  },
  {
    command: /^just ([\w-]+)$/,
    files: ["justfile", "Justfile", ".justfile"],
    line: (name) => new RegExp(`^@?${name}\\b.*:`),
  },
  {
    command: /^nox(?: -s (\w+))?$/,
    files: ["noxfile.py"],
    line: (name) => new RegExp(`def\\s+${name}\\b`),
  },
  { command: /^tox()$/, files: ["tox.ini"], line: () => /^\[/ },
  {
    command: /pytest()/,
    files: ["pytest.ini", "pyproject.toml", "setup.cfg", "tox.ini"],
    line: () => /pytest/,
  },
  { command: /mypy()/, files: ["mypy.ini", "pyproject.toml", "setup.cfg"], line: () => /mypy/ },
  { command: /^go ()/, files: ["go.mod"], line: () => /^module/ },
  { command: /^cargo ()/, files: ["Cargo.toml"], line: () => /^\[/ },
  { command: /mvnw? ()/, files: ["pom.xml"], line: () => /<project/ },
  { command: /gradlew? ()/, files: ["build.gradle.kts", "build.gradle"], line: () => /./ },
  { command: /^bundle ()/, files: ["Gemfile"], line: () => /./ },
  { command: /python3()/, files: ["pyproject.toml", "setup.cfg", "setup.py"], line: () => /./ },
];

/** Commands that compile and test, each with the line that tells of it; null where only the configuration does. */
export async function describeCommands(commands: Commands, read: ReadText): Promise<Convention[]> {
  const found: Convention[] = [];
  for (const name of Object.keys(commands).sort()) {
    const command = commands[name] ?? "";
    const place = await findPlace(command, read);
    const seen = place === null ? "" : `, see ${showPlace(place)}`;
    found.push({
      kind: "command",
      language: null,
      custom: `${name}: ${command}`,
      agree: 1,
      of: 1,
      place,
      sentence: `\`${printableName(command)}\` is the command for \`${printableName(name)}\`${seen}.`,
    });
  }
  return found;
}

async function findPlace(command: string, read: ReadText): Promise<Convention["place"]> {
  for (const source of sources) {
    const match = source.command.exec(command);
    if (!match) continue;
    const look = source.line((match[1] ?? "").replace(/[.]/g, "\\."));
    for (const path of source.files) {
      const lines = (await read(path))?.split("\n") ?? [];
      const index = lines.findIndex((line) => look.test(line));
      if (index >= 0) return { path, line: index + 1, text: lines[index] ?? "" };
    }
  }
  return null;
}
