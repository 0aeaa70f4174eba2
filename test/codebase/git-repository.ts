import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import type { FileEntry, Snapshot } from "../../src/workspace/port.ts";

const environment = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.invalid",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.invalid",
};

export type TestRepository = {
  directory: string;
  snapshot: Snapshot;
  remove: () => Promise<void>;
};

/** A real repository of one commit, with a read-only view of it, for rooms that only read. */
export async function makeRepository(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<TestRepository> {
  const directory = await mkdtemp(join(tmpdir(), "archwright-codebase-"));
  const git = async (...args: string[]): Promise<string> =>
    (await execa("git", args, { cwd: directory, env: environment, reject: false })).stdout;
  await git("init", "-q");
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  await git("add", "-A");
  await git("commit", "-q", "--allow-empty", "-m", "start");
  const commit = await git("rev-parse", "HEAD");
  return {
    directory,
    snapshot: viewOf(commit, git),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

function viewOf(commit: string, git: (...args: string[]) => Promise<string>): Snapshot {
  const list = async (): Promise<FileEntry[]> =>
    (await git("ls-tree", "-r", "-z", "-l", commit))
      .split("\0")
      .filter((line) => line !== "")
      .map((line) => {
        const [meta = "", path = ""] = line.split("\t");
        return { path, bytes: Number(meta.trim().split(/ +/).at(-1)), kind: "file" };
      });
  const known = list();
  return {
    commit,
    list: () => known,
    read: async (path) => {
      if (!(await known).some((entry) => entry.path === path)) return null;
      const text = await git("show", `${commit}:${path}`);
      return text.includes("\0")
        ? { kind: "binary", bytes: text.length }
        : { kind: "text", text: `${text}\n` };
    },
    grep: async (pattern, scope, limit) => {
      const output = await git(
        "grep",
        "-E",
        "-I",
        "-n",
        "-z",
        "-e",
        pattern,
        commit,
        "--",
        ...scope,
      );
      return output
        .split("\n")
        .filter((line) => line !== "")
        .slice(0, limit)
        .map((line) => {
          const [name = "", number = "0", ...words] = line.split("\0");
          return {
            path: name.slice(commit.length + 1),
            line: Number(number),
            text: words.join("\0"),
          };
        });
    },
  };
}

/** The customer platform of the pattern's worked example (seed 000): one base class, one table, one test style. */
export const signalPlatform: Readonly<Record<string, string>> = {
  "README.md": "# Signals\n\nCollects customer signals from many sources.\n",
  "pyproject.toml":
    '[project]\nname = "signals"\n[project.optional-dependencies]\ntest = ["pytest"]\n',
  "collectors/base.py": [
    "from abc import ABC, abstractmethod",
    "from typing import List",
    "",
    "",
    "class BaseCollector(ABC):",
    '    """Gathers signals of one source."""',
    "",
    "    @abstractmethod",
    "    async def collect(self) -> List[Signal]:",
    "        pass",
    "",
    "    def _build_signal(self, signal_data: dict) -> Signal:",
    '        """Standardized signal building method"""',
    "        return Signal(**signal_data)",
    "",
  ].join("\n"),
  "collectors/github.py": [
    "from collectors.base import BaseCollector",
    "",
    "",
    "class GithubCollector(BaseCollector):",
    "    async def collect(self):",
    "        if not self.token:",
    '            raise CollectorError("no token")',
    "        return []",
    "",
  ].join("\n"),
  "collectors/slack.py":
    "from collectors.base import BaseCollector\n\n\nclass SlackCollector(BaseCollector):\n    async def collect(self):\n        return []\n",
  "schema.sql": [
    "-- one table for every signal",
    "CREATE TABLE signals (",
    "  id UUID PRIMARY KEY,",
    "  customer_id TEXT,",
    "  source TEXT,",
    "  signal_type TEXT,",
    "  metadata JSONB",
    ");",
    "",
  ].join("\n"),
  "tests/test_github.py":
    "import pytest\n\nfrom collectors.github import GithubCollector\n\n\nclass TestGithubCollector:\n    async def test_collect(self):\n        assert await GithubCollector().collect() == []\n",
  "docs/notes.md": "Notes about invoices and nothing else.\n",
};
