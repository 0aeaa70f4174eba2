import type { Case, Miner } from "../case.ts";
import { fileOf, planWith } from "../plan-with.ts";
import { listNeeded } from "./packages.ts";

/** Libraries of one purpose, by this bench: the first that is needed makes the others twins. */
const families: readonly (readonly [string, readonly string[]])[] = [
  ["npm", ["axios", "got", "node-fetch", "superagent", "undici", "ky"]],
  ["npm", ["jest", "vitest", "mocha", "ava", "tap"]],
  ["npm", ["zod", "joi", "yup", "ajv", "valibot"]],
  ["npm", ["winston", "pino", "bunyan", "log4js"]],
  ["npm", ["moment", "dayjs", "date-fns", "luxon"]],
  ["npm", ["yargs", "commander", "meow", "minimist", "cac"]],
  ["npm", ["chalk", "picocolors", "kleur", "colorette"]],
  ["npm", ["js-yaml", "yaml"]],
  ["npm", ["express", "fastify", "koa", "restify"]],
  ["pypi", ["requests", "httpx", "aiohttp"]],
  ["pypi", ["pytest", "nose2"]],
  ["pypi", ["flask", "fastapi", "django", "bottle", "tornado"]],
  ["pypi", ["sqlalchemy", "peewee", "tortoise-orm"]],
  ["pypi", ["pydantic", "marshmallow", "voluptuous"]],
  ["pypi", ["click", "typer", "docopt"]],
  ["go", ["github.com/stretchr/testify", "github.com/onsi/gomega"]],
  ["go", ["github.com/sirupsen/logrus", "go.uber.org/zap", "github.com/rs/zerolog"]],
  ["go", ["github.com/spf13/cobra", "github.com/urfave/cli/v2"]],
  ["cargo", ["clap", "argh", "pico-args"]],
  ["cargo", ["anyhow", "eyre"]],
  ["cargo", ["chrono", "time"]],
  ["cargo", ["tokio", "async-std", "smol"]],
  ["cargo", ["axum", "actix-web", "rocket", "warp"]],
  ["maven", ["mockito-core", "easymock"]],
  ["maven", ["assertj-core", "truth"]],
  ["maven", ["junit-jupiter", "testng"]],
  ["maven", ["guava", "vavr"]],
];

const strangers: Readonly<Record<string, readonly string[]>> = {
  npm: ["sharp", "pdfkit", "stripe", "three", "nodemailer", "ioredis", "qrcode"],
  pypi: ["pillow", "stripe", "shapely", "qrcode", "reportlab", "paramiko"],
  go: [
    "github.com/stripe/stripe-go/v78",
    "github.com/skip2/go-qrcode",
    "github.com/disintegration/imaging",
  ],
  cargo: ["qrcode", "image", "rayon-hash", "geo", "printpdf"],
  maven: ["stripe-java", "pdfbox", "jsch"],
  gem: ["stripe", "rqrcode", "prawn"],
};

/** Libraries for which nothing is there, and such for which another one is. */
export const mineDependencyTwins: Miner = (checkout, random, perKind) => {
  const needed = listNeeded(checkout);
  const manifests = checkout.paths.filter((path) =>
    /(?:requirements[^/]*|package|pom|tox|setup|Cargo|go|pyproject)\.\w+$/.test(path),
  );
  const isNamed = (name: string): boolean =>
    manifests.some((path) => checkout.read(path).toLowerCase().includes(name));
  const manifest = needed[0]?.manifest ?? "";
  const spec = fileOf(manifest, "modify", "what is needed");
  const make = (name: string, isTrue: boolean, how: string): Case => ({
    kind: "twin-dependency",
    isTrue,
    how,
    plan: planWith(
      {
        spec: { ...spec, dependencies: [{ name, version: "1.0.0", reason: "for what is new" }] },
      },
      random,
    ),
    about: [`\`${name}\``],
    hidden: [],
  });
  const twins = families.flatMap(([style, members]) => {
    const there = needed.some(
      (one) => one.style === style && members.includes(one.name.toLowerCase()),
    );
    return there
      ? members.filter((name) => !isNamed(name)).map((name) => make(name, false, "same purpose"))
      : [];
  });
  const style = needed[0]?.style;
  const novel = (style === undefined ? [] : (strangers[style] ?? []))
    .filter((name) => !isNamed(name))
    .map((name) => make(name, true, "nothing of its kind"));
  return [...random.shuffle(twins).slice(0, perKind), ...random.shuffle(novel).slice(0, perKind)];
};
