import { createSample, type Sample } from "../../workspace/repository.ts";

const plain = (name: string, count: number): string =>
  Array.from({ length: count }, (_none, at) => `export const ${name}${at} = ${at};`).join("\n");

const files: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "mailer" }\n',
  "src/index.ts":
    'export * from "./senders/smtp.ts";\nexport * from "./senders/http.ts";\nexport * from "./senders/file.ts";\nexport * from "./senders/null.ts";\nexport * from "./queue.ts";\n',
  "src/queue.ts":
    'import { delayOf } from "./backoff.ts";\nexport function retryFailed(): number {\n  return delayOf(3);\n}\n',
  "src/backoff.ts": "export const delayOf = (attempt: number): number => 2 ** attempt;\n",
  "src/senders/smtp.ts": `${plain("smtp", 4)}\nexport function openSmtpChannel() {}\nexport const deliverEnvelope = 1;\n`,
  "src/senders/http.ts": `${plain("http", 4)}\nexport function openHttpChannel() {}\nexport const deliverEnvelope = 1;\n`,
  "src/senders/file.ts": `${plain("file", 4)}\nexport function openFileChannel() {}\nexport const deliverEnvelope = 1;\n`,
  "src/senders/null.ts": "export const nothing = 0;\n",
  "src/audit.ts": "export const record = [];\n",
  "src/web/page.ts": "export const page = 1;\n",
  "src/web/style.ts": "export const colour = 2;\n",
  "lib/smtp.ts": "export const legacy = 1;\n",
  "test/queue.test.ts": 'import { retryFailed } from "../src/queue.ts";\nretryFailed();\n',
  "docs/retry.md": "# How failed mail is retried\n\nA retry waits.\n",
  "node_modules/x/retry.js": "retry retry retry\n",
};

/** A small mailer with a past: the queue changes with the audit, which it does not import; bounces were handled once. */
export function openMailer(): Sample {
  const sample = createSample(files);
  let turn = 0;
  const change = (subject: string, ...paths: string[]): void => {
    turn += 1;
    for (const path of paths) sample.write(path, `${files[path]}\n// ${turn}\n`);
    sample.commit(subject);
  };
  change("Suppress bounced recipients (#12)", "src/web/style.ts");
  for (let round = 0; round < 5; round += 1)
    change("Tidy", "src/queue.ts", "src/audit.ts", "test/queue.test.ts");
  for (let round = 0; round < 3; round += 1) change("Tidy", "src/web/page.ts");
  return sample;
}
