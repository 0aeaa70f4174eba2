import { extname } from "node:path";

const stock =
  "account address amount archive batch branch bridge budget buffer cache channel claim client cluster column commit config context counter cursor customer deposit device driver edge entry event export factor field filter flag format frame gateway group handler header history import index invoice journal kernel key label layer lease ledger limit link list loader lock margin matrix merge message meter module notice number object offer order owner packet parser patch path payment period phase plan point policy pool port price probe profile proof query queue range reader record region release render report request result retry review role route rule sample schema score segment server session shard signal sketch source stage state stream table target task tenant term thread ticket token topic trace unit update vector view volume watch window worker".split(
    " ",
  );

/** Numbers that follow from a seed: the same each time. */
function numbersFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

type Words = { word(): string; type(): string; name(): string; random(): number };

function openWords(seed: number): Words {
  const random = numbersFrom(seed);
  const word = (): string => stock[Math.floor(random() ** 1.5 * stock.length)] ?? "unit";
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  return {
    word,
    random,
    type: () => `${capital(word())}${capital(word())}`,
    name: () => `${word()}${capital(word())}${random() < 0.3 ? capital(word()) : ""}`,
  };
}

const block: Readonly<Record<string, (words: Words) => string>> = {
  ".ts": ({ type, name, word }) =>
    `/** Keeps the ${word()} of a ${word()}. */\nexport class ${type()} extends ${type()} {\n  private readonly ${name()}: ${type()};\n\n  async ${name()}(${word()}: string, ${name()}: number): Promise<${type()}> {\n    const ${name()} = await this.${name()}(${word()});\n    if (${name()} === null) return this.${name()}.${name()}({ ${word()}, ${name()} });\n    // The ${word()} is asked before the ${word()} is closed.\n    return ${name()}.map((${word()}) => ${word()}.${name()}).filter(Boolean);\n  }\n}\n\nexport const ${name()} = (${word()}: ${type()}): ${type()} => ${name()}(${word()}.${name()});\n\n`,
  ".py": ({ type, name, word }) =>
    `class ${type()}(${type()}):\n    """The ${word()} of a ${word()}."""\n\n    def ${word()}_${word()}(self, ${word()}, *, ${word()}_${word()}=None):\n        ${word()} = self.${word()}_${word()}(${word()})\n        if not ${word()}:\n            raise ValueError("no ${word()} in ${word()}")\n        return [${name()} for ${name()} in ${word()} if ${name()}.${word()}]\n\n\n`,
  ".go": ({ type, name, word }) =>
    `// ${type()} holds a ${word()} of the ${word()}.\ntype ${type()} struct {\n\t${type()} ${type()}\n\t${name()} int\n}\n\nfunc (${word().charAt(0)} *${type()}) ${type()}(${name()} string) (*${type()}, error) {\n\t${name()}, err := ${word()}.${type()}(${name()})\n\tif err != nil {\n\t\treturn nil, fmt.Errorf("${word()} ${word()}: %w", err)\n\t}\n\treturn ${name()}, nil\n}\n\n`,
  ".java": ({ type, name, word }) =>
    `    /** Asks the ${word()} for its ${word()}. */\n    public ${type()} ${name()}(final ${type()} ${name()}, int ${word()}) {\n        ${type()} ${name()} = ${name()}.${name()}(${word()});\n        if (${name()} == null) {\n            throw new IllegalStateException("no ${word()} for ${word()}");\n        }\n        return new ${type()}(${name()}, ${word()});\n    }\n\n`,
  ".md": ({ word, type }) =>
    `## The ${word()} and its ${word()}\n\nA ${word()} is read before the ${word()} of a \`${type()}\` is written; see the ${word()} ${word()}.\n\n`,
  ".json": ({ name, word }) =>
    `  "${name()}": { "${word()}": "${word()} ${word()}", "${word()}": 12 },\n`,
};

const before: Readonly<Record<string, (words: Words) => string>> = {
  ".ts": ({ type, word }) =>
    `import { ${type()}, ${type()} } from "./${word()}.ts";\nimport { ${type()} } from "../${word()}/${word()}.ts";\n\n`,
  ".py": ({ type, word }) => `import ${word()}\nfrom ${word()}.${word()} import ${type()}\n\n\n`,
  ".go": ({ word }) =>
    `package ${word()}\n\nimport (\n\t"fmt"\n\t"example.org/${word()}/${word()}"\n)\n\n`,
  ".java": ({ type, word }) =>
    `package org.example.${word()};\n\nimport org.example.${word()}.${type()};\n\npublic class ${type()} {\n`,
  ".json": () => "{\n",
};
const after: Readonly<Record<string, string>> = { ".java": "}\n", ".json": '  "end": true\n}\n' };

/** The text of a file; `turn` is how often it was changed. Sizes are spread as in real repositories: half are below 3 KB, one in a hundred above 50. */
export function writeSource(path: string, n: number, turn: number): string {
  const words = openWords(n * 31 + turn + 1);
  const kind = extname(path);
  const bytes = Math.min(300 + 2_600 * Math.exp(1.25 * normal(words.random)), 200_000);
  let text = before[kind]?.(words) ?? "";
  while (text.length < bytes) text += block[kind]?.(words) ?? "";
  return text + (after[kind] ?? "");
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
