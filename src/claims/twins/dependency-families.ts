import type { Dependency } from "../../codebase/codebase.ts";

/** Libraries of one purpose: a repository needs one of each. By ecosystem; small, and only where one really replaces another. */
const families: Partial<Record<Dependency["ecosystem"], Readonly<Record<string, string>>>> = {
  npm: {
    "HTTP client":
      "axios got node-fetch superagent ky undici request cross-fetch needle phin wretch ofetch make-fetch-happen",
    dates: "moment dayjs date-fns luxon @js-joda/core",
    "test runner": "jest vitest mocha ava tap jasmine uvu",
    "schema validation":
      "zod joi yup ajv superstruct valibot io-ts runtypes @sinclair/typebox @hapi/joi class-validator",
    "object mapper":
      "typeorm sequelize prisma @prisma/client drizzle-orm mikro-orm @mikro-orm/core objection bookshelf",
    logging: "winston pino bunyan log4js loglevel consola signale tslog",
    "command line":
      "commander yargs meow minimist cac oclif @oclif/core sade clipanion arg caporal",
    "utility belt": "lodash lodash-es underscore ramda remeda radash",
    mocking: "sinon testdouble td",
    "HTTP mocking": "nock msw",
    "web server": "express fastify koa @hapi/hapi hono restify polka",
    YAML: "yaml js-yaml yamljs",
    globbing: "glob fast-glob globby tinyglobby",
    "running processes": "execa cross-spawn shelljs zx tinyexec",
    colours: "chalk kleur picocolors colorette ansi-colors colors yoctocolors",
    "environment files": "dotenv dotenv-flow env-cmd",
    "unique ids": "uuid nanoid cuid ulid shortid @paralleldrive/cuid2",
    bundler: "webpack rollup esbuild parcel tsup vite rolldown",
    "state store": "redux @reduxjs/toolkit zustand mobx recoil jotai valtio pinia vuex",
    formatter: "prettier @biomejs/biome dprint",
    "version comparison": "semver compare-versions semver-compare",
  },
  pypi: {
    "HTTP client": "requests httpx aiohttp urllib3 pycurl httplib2",
    dates: "arrow pendulum python-dateutil maya delorean",
    "test runner": "pytest nose nose2 green",
    "schema validation": "pydantic marshmallow cerberus voluptuous schema jsonschema msgspec",
    "object mapper": "sqlalchemy peewee django tortoise-orm pony sqlmodel",
    logging: "loguru structlog logbook",
    "command line": "click typer docopt fire cleo argparse",
    "web server": "flask fastapi django starlette bottle tornado sanic falcon litestar quart",
    YAML: "pyyaml ruamel-yaml strictyaml",
    "HTML parsing": "beautifulsoup4 lxml parsel pyquery selectolax html5lib",
    "task queue": "celery rq dramatiq huey arq",
    "HTTP mocking": "responses requests-mock httpretty respx vcrpy",
    formatter: "black yapf autopep8 ruff",
    retrying: "tenacity backoff retrying",
    "terminal output": "rich colorama termcolor colorlog",
  },
  go: {
    "web server":
      "github.com/gin-gonic/gin github.com/labstack/echo github.com/gofiber/fiber github.com/go-chi/chi github.com/gorilla/mux github.com/julienschmidt/httprouter",
    logging:
      "github.com/sirupsen/logrus go.uber.org/zap github.com/rs/zerolog github.com/go-kit/log",
    "object mapper":
      "gorm.io/gorm github.com/jmoiron/sqlx entgo.io/ent github.com/uptrace/bun xorm.io/xorm",
    assertions:
      "github.com/stretchr/testify github.com/onsi/gomega gotest.tools github.com/matryer/is github.com/frankban/quicktest",
    "command line":
      "github.com/spf13/cobra github.com/urfave/cli github.com/alecthomas/kong github.com/jessevdk/go-flags",
    "schema validation":
      "github.com/go-playground/validator github.com/go-ozzo/ozzo-validation github.com/asaskevich/govalidator",
    YAML: "gopkg.in/yaml github.com/goccy/go-yaml sigs.k8s.io/yaml",
    JSON: "github.com/json-iterator/go github.com/bytedance/sonic github.com/goccy/go-json",
    TOML: "github.com/BurntSushi/toml github.com/pelletier/go-toml",
    configuration:
      "github.com/spf13/viper github.com/knadh/koanf github.com/kelseyhightower/envconfig",
    "HTTP client": "github.com/go-resty/resty github.com/hashicorp/go-retryablehttp",
  },
  cargo: {
    "HTTP client": "reqwest ureq surf isahc attohttpc",
    dates: "chrono time jiff",
    "object mapper": "diesel sqlx sea-orm",
    logging: "log tracing slog fern",
    "command line": "clap structopt argh pico-args gumdrop lexopt",
    "web server": "actix-web axum rocket warp tide poem",
    errors: "anyhow eyre color-eyre failure",
    "error types": "thiserror snafu quick-error",
    runtime: "tokio async-std smol",
    "regular expressions": "regex fancy-regex onig",
    colours: "colored owo-colors ansi_term termcolor yansi nu-ansi-term",
    "snapshot tests": "insta expect-test",
    "temporary files": "tempfile tempdir temptree",
    Markdown: "pulldown-cmark comrak markdown",
    templates: "handlebars tera askama minijinja",
    "command-line tests": "assert_cmd trycmd snapbox",
  },
  maven: {
    logging: "log4j-core logback-classic slf4j-simple tinylog-impl",
    JSON: "jackson-databind gson json moshi fastjson",
    "HTTP client": "okhttp httpclient httpclient5 retrofit async-http-client",
    "test runner": "junit junit-jupiter junit-jupiter-api junit-jupiter-engine testng",
    mocking: "mockito-core easymock jmockit powermock-core",
    assertions: "assertj-core hamcrest truth",
    "object mapper": "hibernate-core eclipselink mybatis jooq",
    dates: "joda-time threetenbp",
    "web server": "spring-boot-starter-web dropwizard-core jersey-server javalin",
    "utility belt": "guava commons-lang3 vavr",
  },
};

const normal = (name: string, ecosystem: Dependency["ecosystem"]): string => {
  const lower = ecosystem === "go" ? name : name.toLowerCase();
  if (ecosystem === "pypi") return lower.replace(/\[.*$/, "").replace(/[-_.]+/g, "-");
  if (ecosystem === "go") return lower.replace(/[./]v\d+$/, "");
  return ecosystem === "maven" ? (lower.split(":").at(-1) ?? lower) : lower;
};

/** Families that hold a library, by what they are for, with the names of their members. */
export function familiesOf(
  name: string,
  ecosystem: Dependency["ecosystem"],
): { purpose: string; has(other: string): boolean }[] {
  const wanted = normal(name, ecosystem);
  return Object.entries(families[ecosystem] ?? {}).flatMap(([purpose, members]) => {
    const names = members.split(" ");
    if (!names.includes(wanted)) return [];
    return [
      {
        purpose,
        has: (other: string) =>
          names.includes(normal(other, ecosystem)) && normal(other, ecosystem) !== wanted,
      },
    ];
  });
}

/** Whether two names are of one library: spellings that a registry takes for the same. */
export const isSameLibrary = (
  left: string,
  right: string,
  ecosystem: Dependency["ecosystem"],
): boolean => normal(left, ecosystem) === normal(right, ecosystem);

/** All members, for benches: purpose by purpose. */
export const listFamilies = (ecosystem: Dependency["ecosystem"]): readonly (readonly string[])[] =>
  Object.values(families[ecosystem] ?? {}).map((members) => members.split(" "));
