import { signalPlatform } from "../codebase/signal-platform.ts";

/** The customer platform of seed 000 with what a platform has besides: a server, settings, accounts, a client in TypeScript. */
export const platformRepository: Readonly<Record<string, string>> = {
  ...signalPlatform,
  "pyproject.toml": `[project]
name = "signals"
dependencies = ["flask>=3.0", "requests>=2.31", "sqlalchemy>=2.0"]

[project.optional-dependencies]
test = ["pytest"]

[tool.ruff]
line-length = 100
`,
  "schema.sql": `-- one table for every signal
CREATE TABLE signals (
  id UUID PRIMARY KEY,
  customer_id TEXT,
  source TEXT, -- handles provider tracking
  signal_type TEXT,
  severity TEXT,
  metadata JSONB, -- flexible
  created_at TIMESTAMP,
  occurred_at TIMESTAMP
);

CREATE TABLE IF NOT EXISTS customers (
  id UUID PRIMARY KEY,
  display_name TEXT NOT NULL,
  segment TEXT,
  arr_cents BIGINT,
  UNIQUE (display_name)
);

CREATE TABLE hats (
  id UUID PRIMARY KEY,
  granted_to TEXT,
  granted_at TIMESTAMP,
  link TEXT,
  token TEXT
);

CREATE TABLE harbor_apps (
  id UUID PRIMARY KEY,
  client_id TEXT,
  client_secret TEXT
);
`,
  "platform/security.py": `def get_password_hash(password: str) -> str:
    return password


def text_from_token(token: str) -> str:
    return token


def validate_origins(origins, what):
    return None


def validate_origin(origin, what):
    return None
`,
  "docs/settings.md": "Set `SIGNALS_TOLD` where it is run.\n",
  "tests/samples/forecast.py": `class ForecastBase:
    pass


class RainForecast(ForecastBase):
    pass


class SnowForecast(ForecastBase):
    pass
`,
  "platform/settings/production.py": `class ProductionAppSettings:
    debug = False
`,
  "platform/settings/test.py": `class TestAppSettings:
    debug = True
`,
  "platform/testing/app.py": `def setup_default_app(app, use_trap=False):
    return app


class _basemap:
    pass


class _xmap(_basemap):
    pass
`,
  "platform/books.py": `class BookItem:
    pass


class BookItems:
    pass
`,
  "billing/src/main/java/org/Adapters.java": `package org;

public class Adapters {
  abstract static class Adapter {
    abstract void write();
  }

  static class FieldAdapter extends Adapter {
    void write() {}
  }

  static class RecordAdapter extends Adapter {
    void write() {}
  }
}
`,
  "billing/src/main/java/org/JsonArray.java": `package org;

public class JsonArray extends JsonElement implements Iterable<String> {
}
`,
  "billing/src/main/java/org/JsonElement.java": `package org;

public abstract class JsonElement {
}
`,
  "platform/notes.py": `class ModNote:
    pass
`,
  "platform/referrer.py": `class ReferrerPolicy:
    def referrer(self, response):
        return None


class OriginPolicy(ReferrerPolicy):
    def referrer(self, response):
        return None


class NoReferrerPolicy(ReferrerPolicy):
    def referrer(self, response):
        return None
`,
  "proxy/addresses.go": `package proxy

func LoadBytes(name string) []byte {
	return loadBytes(name)
}

func loadBytes(name string) []byte {
	return nil
}

func parseUpstreamDialAddress(upstream string) (address string, err error) {
	return upstream, nil
}
`,
  "client/options.ts": `export interface BaseOptions {
  trace: boolean;
}

export interface QueryOptions extends BaseOptions {
  key: string;
}

export interface MutationOptions extends BaseOptions {
  key: string;
}

export interface ConnectionUrlOptions {
  url: string;
}

export interface SocketOptions extends ConnectionUrlOptions {
  retries: number;
}

export interface UrlWithConnection {
  url: string;
}
`,
  "client/package.json": `{ "name": "client" }
`,
  "client/node/serve-static.ts": `export const serve = 1;
`,
  "client/node/read-body.ts": `export const read = 1;
`,
  "client/bun/serve-static.ts": `export const serve = 2;
`,
  "client/bun/read-body.ts": `export const read = 2;
`,
  "client/bun/open-socket.ts": `export const open = 2;
`,
  "server/package.json": `{ "name": "server" }
`,
  "server/accounts.ts": `export const accounts = 1;
`,
  "client/test/accepts.test.ts": `import "../accepts.ts";
`,
  "client/accepts.ts": `export interface acceptsConfig {
  header: string;
}

export interface acceptsOptions extends acceptsConfig {
  match: string;
}
`,
  "client/with_rejection.ts": `export const withRejection = 1;
`,
  "examples/shown/with_rejection.ts": `export const withRejection = 2;
`,
  "client/rejection.ts": `export const rejection = 1;
`,
  "tests/slack/stream-mock.ts": `export const streamMock = 1;
`,
  "platform/records.py": `from sqlalchemy.orm import DeclarativeBase


class RecordBase(DeclarativeBase):
    pass


class ModNote(RecordBase):
    pass
`,
  "platform/accounts.py": `from sqlalchemy import Column, String
from platform.database import Base


class Account(Base):
    __tablename__ = "accounts"

    account_id = Column(String, primary_key=True)
    owner_email = Column(String)


def find_account_owner(account_id, region):
    return None
`,
  "platform/server.py": `import os

from flask import Blueprint

reports = Blueprint("reports", __name__, url_prefix="/reports")

TOKEN = os.environ["SIGNALS_TOKEN"]
REGION = os.getenv("SIGNALS_REGION", "eu")


@reports.get("/<customer_id>")
def show_report(customer_id):
    return {}


@reports.route("/refresh", methods=["POST"])
def refresh():
    return {}
`,
  "platform/health_report_store.py": `class HealthReportStore:
    def save_report(self, report):
        pass

    def list_reports(self, customer_id):
        return []
`,
  "config/settings.yaml": `server:
  port: 8080
  report:
    cache_seconds: 60
collectors:
  interval_hours: 1
`,
  "tests/conftest.py": `import pytest


@pytest.fixture
def mock_db():
    return {}
`,
  "tests/test_slack.py": `from collectors.slack import SlackCollector


def test_slack_collects_nothing_without_a_token():
    assert SlackCollector is not None
`,
};
