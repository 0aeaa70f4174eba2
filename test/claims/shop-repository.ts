/** A small shop in several languages: what the marked documents of this folder speak of. */
export const shopRepository: Readonly<Record<string, string>> = {
  "README.md": "# Shop\n\nSells things.\n",
  "package.json": `{
  "name": "shop",
  "type": "module",
  "scripts": {
    "build": "tsc -p .",
    "test": "node --test",
    "test:unit": "node --test test/unit",
    "lint": "eslint ."
  },
  "dependencies": {
    "express": "^4.19.2",
    "zod": "3.23.8"
  },
  "devDependencies": {
    "typescript": "^5.4.0"
  }
}
`,
  "package-lock.json": `{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop" },
    "node_modules/express": {
      "version": "4.21.0"
    },
    "node_modules/zod": {
      "version": "3.23.8"
    },
    "node_modules/typescript": {
      "version": "5.6.2"
    }
  }
}
`,
  Makefile:
    "README = README.md\ninclude rules.mk\n\nbuild:\n\tnpm run build\n\ncheck: build\n\tnpm test\n\n$(README):\n\ttouch $@\n\nimage-%:\n\tdocker build $*\n\n%: catch-all\n\t@:\n",
  "rules.mk": "publish:\n\tnpm publish\n",
  "tox.ini": `[tox]
env_list =
    py3{11,12}-{unit,smoke}
    lint

[testenv:docs-links]
commands = sphinx-build
`,
  "noxfile.py": `import nox


@nox.session(python=["3.11", "3.12"])
def coverage(session):
    session.run("pytest")


@nox.session(name="type-check")
def types(session):
    session.run("mypy")
`,
  "src/users/user.ts": `export interface User {
  id: string;
  email: string;
  nickname?: string;
}

export type UserId = string;

export enum Role {
  Admin = "admin",
  Member = "member",
}
`,
  "src/users/fetch-user.ts": `import type { User, UserId } from "./user.ts";
import { readRow } from "../storage/read-row.ts";

/** How long a user is kept. */
export const CACHE_SECONDS = 60;

export async function fetchUser(id: UserId, options?: FetchOptions): Promise<User> {
  const row = await readRow("users", id);
  return { id: row.id, email: row.email };
}

export type FetchOptions = { fresh: boolean };

export const listUsers = async (limit = 20): Promise<User[]> => [];
`,
  "src/storage/read-row.ts": `export async function readRow(
  table: string,
  id: string,
): Promise<Record<string, string>> {
  return { table, id };
}
`,
  "src/orders/order-service.ts": `import { fetchUser } from "../users/fetch-user.ts";
import { BaseService } from "../base-service.ts";

export class OrderService extends BaseService {
  private readonly open = new Map<string, number>();

  async placeOrder(userId: string, items: readonly string[]): Promise<number> {
    const user = await fetchUser(userId);
    this.open.set(user.id, items.length);
    return this.countOpen(user.id);
  }

  countOpen(userId: string): number {
    return this.open.get(userId) ?? 0;
  }

  static create(): OrderService {
    return new OrderService();
  }
}
`,
  "src/base-service.ts": `export abstract class BaseService {
  readonly name: string = "service";

  start(): void {}
}
`,
  "src/index.ts": `export { fetchUser } from "./users/fetch-user.ts";
export * from "./orders/order-service.ts";
export const config = { port: 8080, host: "localhost" };
`,
  "src/server.ts": `import express from "express";
import { fetchUser } from "./users/fetch-user.ts";

export const app = express();
app.get("/users/:id", async (request, response) => {
  response.json(await fetchUser(request.params.id));
});
`,
  "test/unit/fetch-user.test.ts": `import { fetchUser } from "../../src/users/fetch-user.ts";

test("fetches", async () => {
  await fetchUser("1");
});
`,
  "worker/pyproject.toml": `[project]
name = "worker"
version = "1.0"
dependencies = [
  "requests>=2.31,<3",
  "pydantic~=2.7",
]
`,
  "worker/requirements-docs.txt": "requests==2.31.0\n",
  "worker/requirements-docs.in": "requests\n",
  "test/data/dist/page.html": "<p></p>\n",
  "changelogs/CHANGELOG-1.0.md": "# 1.0\n",
  "worker/collectors/base.py": `from abc import ABC, abstractmethod
from typing import List, Optional


class BaseCollector(ABC):
    """Gathers signals of one source."""

    retries = 3

    def __init__(self, token: str) -> None:
        self.token = token

    @abstractmethod
    async def collect(self, since: Optional[str] = None) -> List[dict]:
        ...

    def _build_signal(self, signal_data: dict, source: str = "api") -> dict:
        return {**signal_data, "source": source}


def register_collector(name, *aliases, replace=False):
    return name
`,
  "worker/collectors/slack.py": `from collectors.base import BaseCollector


class SlackCollector(BaseCollector):
    async def collect(self, since=None):
        return []
`,
  "ledger/go.mod":
    "module example.org/ledger\n\ngo 1.22\n\nrequire github.com/google/uuid v1.6.0\n",
  "ledger/host.go": `package ledger

type Dial struct {
	Host string
}

type Host struct {
	name string
}
`,
  "ledger/store.go": `package ledger

import (
	"context"

	"github.com/google/uuid"
)

type Store struct {
	entries map[uuid.UUID]Entry
}

type Entry struct {
	Amount int64
	Note   string
}

func NewStore(size int) *Store {
	return &Store{entries: make(map[uuid.UUID]Entry, size)}
}

func (s *Store) Append(ctx context.Context, entry Entry) (uuid.UUID, error) {
	id := uuid.New()
	s.entries[id] = entry
	return id, nil
}
`,
  "parser/Cargo.toml":
    '[package]\nname = "parser"\nversion = "0.1.0"\n\n[dependencies]\nserde = "1.0"\n',
  "parser/src/lib.rs": `pub trait Visitor {
    fn visit(&mut self, node: &Node) -> bool;
}

pub struct Node {
    pub kind: u8,
}

impl Node {
    pub fn new(kind: u8) -> Self {
        Node { kind }
    }

    pub fn walk<V: Visitor>(&self, visitor: &mut V) -> usize {
        if visitor.visit(self) { 1 } else { 0 }
    }
}
`,
  "billing/src/main/java/org/example/Invoice.java": `package org.example;

public class Invoice {
    private final long cents;

    public Invoice(long cents) {
        this.cents = cents;
    }

    public static Invoice of(long cents, String currency) {
        return new Invoice(cents);
    }

    public long total(boolean withTax) {
        return cents;
    }
}
`,
  "legacy/invoice.rb": `class LegacyInvoice
  def save! user, force: false
    store(user) if paid?
  end

  def paid?
    paid?(1)
  end
end
`,
  "pricing/Price.cs": `namespace Shop.Pricing;

public class Price
{
    public Price(decimal net) : this(net, 0) { }

    public Price(decimal net, decimal tax) { }

    public static Task<List<Price>> LoadAsync(string code, CancellationToken stop = default) => null;
}
`,
  "src/storage/pick-row.ts": `export function pickRow(table: string): string;
export function pickRow(table: string | null): string | null;
export function pickRow(table?: string | null): string | null {
  return table ?? null;
}
`,
  "src/storage/index.ts": `export * from "./pick-row.ts";
`,
  "src/settings.ts": `export interface retryConfig {
  retries: number;
}

export interface retryOptions extends retryConfig {
  delay: number;
}
`,
  "db/schema.sql": "CREATE TABLE users (\n  id TEXT PRIMARY KEY,\n  email TEXT\n);\n",
};
