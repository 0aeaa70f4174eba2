import type { Detected, ReadText } from "./detected.ts";

const none: Detected = { commands: {}, setup: null };

/** Tools that are told apart by a file in the root alone. */
const tools: readonly (readonly [RegExp, Detected])[] = [
  [
    /^[^/]+\.(?:sln|slnx|csproj|fsproj)$/,
    {
      commands: { compile: "dotnet build", unit: "dotnet test", all: "dotnet test" },
      setup: "dotnet restore",
    },
  ],
  [
    /^mix\.exs$/,
    {
      commands: { compile: "mix compile --warnings-as-errors", unit: "mix test", all: "mix test" },
      setup: "mix deps.get",
    },
  ],
  [
    /^Package\.swift$/,
    { commands: { compile: "swift build", unit: "swift test", all: "swift test" }, setup: null },
  ],
];

/** Commands of Maven, Gradle, .NET, Mix and Swift, by the files of the root; a wrapper that is committed is used. */
export async function detectBuildToolCommands(
  paths: ReadonlySet<string>,
  read: ReadText,
): Promise<Detected> {
  if (paths.has("pom.xml")) return detectMaven(paths, (await read("pom.xml")) ?? "");
  const gradle = ["build.gradle.kts", "build.gradle", "settings.gradle.kts", "settings.gradle"];
  const build = gradle.filter((path) => paths.has(path));
  if (build.length > 0) return detectGradle(paths, (await Promise.all(build.map(read))).join("\n"));
  for (const [pattern, detected] of tools) {
    if ([...paths].some((path) => pattern.test(path))) return detected;
  }
  return none;
}

function detectMaven(paths: ReadonlySet<string>, text: string): Detected {
  const run = `${paths.has("mvnw") ? "./mvnw" : "mvn"} -B -q`;
  const commands: Record<string, string> = {
    compile: `${run} test-compile`,
    unit: `${run} test`,
    all: `${run} verify`,
  };
  if (/maven-failsafe-plugin/.test(text)) commands.integration = `${run} verify`;
  return { commands, setup: null };
}

function detectGradle(paths: ReadonlySet<string>, text: string): Detected {
  const run = `${paths.has("gradlew") ? "./gradlew" : "gradle"} --console=plain`;
  const commands: Record<string, string> = {
    compile: `${run} testClasses`,
    unit: `${run} test`,
    all: `${run} check`,
  };
  const integration = /\b(integrationTest|intTest|functionalTest)\b/.exec(text)?.[1];
  if (integration !== undefined) commands.integration = `${run} ${integration}`;
  return { commands, setup: null };
}
