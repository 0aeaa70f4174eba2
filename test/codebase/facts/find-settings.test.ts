import { expect, test } from "@jest/globals";
import { findSettings } from "../../../src/codebase/facts/find-settings.ts";
import { givenCodebase } from "../conventions/given-codebase.ts";

const show = async (path: string, text: string): Promise<string[]> =>
  (await findSettings(givenCodebase({ files: { [path]: text } }))).map(
    ({ kind, name, line }) => `${kind} ${name} :${line}`,
  );

const variables: readonly (readonly [string, string, string])[] = [
  ["a.ts", "const key = process.env.API_KEY;", "API_KEY"],
  ["a.ts", 'const key = process.env["API_KEY"];', "API_KEY"],
  ["a.ts", "const { API_KEY } = process.env;", "API_KEY"],
  ["a.vue", "const url = import.meta.env.VITE_URL;", "VITE_URL"],
  ["a.ts", 'Deno.env.get("API_KEY");', "API_KEY"],
  ["a.py", 'key = os.environ["API_KEY"]', "API_KEY"],
  ["a.py", 'key = os.environ.get("API_KEY", "")', "API_KEY"],
  ["a.py", 'key = os.getenv("API_KEY")', "API_KEY"],
  ["a.go", 'key := os.Getenv("API_KEY")', "API_KEY"],
  ["a.go", 'key, ok := os.LookupEnv("API_KEY")', "API_KEY"],
  ["a.rs", 'let key = std::env::var("API_KEY")?;', "API_KEY"],
  ["a.rs", 'let key = env!("API_KEY");', "API_KEY"],
  ["A.java", 'String key = System.getenv("API_KEY");', "API_KEY"],
  ["a.rb", 'key = ENV.fetch("API_KEY")', "API_KEY"],
  ["a.rb", 'key = ENV["API_KEY"]', "API_KEY"],
  ["a.php", "$key = env('API_KEY');", "API_KEY"],
  ["A.cs", 'var key = Environment.GetEnvironmentVariable("API_KEY");', "API_KEY"],
  [".env.example", "API_KEY=secret", "API_KEY"],
  ["Dockerfile", "ENV API_KEY=none", "API_KEY"],
];

test.each(variables)("%s: %s", async (path, text, name) => {
  expect(await show(path, text)).toContain(`environment ${name} :1`);
});

const keys: readonly (readonly [string, string, readonly string[]])[] = [
  ["settings.yaml", "server:\n  port: 1\n", ["server :1", "server.port :2"]],
  [
    "tsconfig.json",
    '{\n  "compilerOptions": { "strict": true }\n}',
    ["compilerOptions :2", "compilerOptions.strict :2"],
  ],
  [
    "schema.json",
    '{ "properties": { "limits": { "properties": { "tokens": {} } } } }',
    ["limits :1", "limits.tokens :1"],
  ],
  [
    "pyproject.toml",
    "[tool.ruff]\nline-length = 100\n",
    ["tool.ruff :1", "tool.ruff.line-length :2"],
  ],
  ["setup.cfg", "[flake8]\nmax-line = 80\n", ["flake8 :1", "flake8.max-line :2"]],
  ["application.properties", "spring.main.banner=off\n", ["spring.main.banner :1"]],
  ["settings/defaults.py", "DOWNLOAD_DELAY = 0\n", ["DOWNLOAD_DELAY :1"]],
  ["app.py", 'limit = app.config["MAX_SIZE"]\n', ["MAX_SIZE :1"]],
  ["App.java", `@Value("\${app.title}") String title;\n`, ["app.title :1"]],
];

test.each(keys)("%s: keys with their parents", async (path, text, expected) => {
  expect(await show(path, text)).toEqual(expected.map((one) => `configuration ${one}`));
});

test.each([
  ["a lockfile", "package-lock.json", '{ "lockfileVersion": 3 }'],
  ["what is no YAML", "a.yaml", "{{ template }}\n\t: ["],
])("%s has none, without a fault", async (_what, path, text) => {
  expect(await show(path, text)).toEqual([]);
});
