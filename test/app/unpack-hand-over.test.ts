import { expect, test } from "@jest/globals";
import { strToU8, zipSync } from "fflate";
import { unpackHandOver } from "../../src/app/unpack-hand-over.ts";

const detailOf = (archive: Uint8Array): string => {
  const unpacked = unpackHandOver(archive);
  if (unpacked.ok) return "unpacked";
  return unpacked.failure.reason === "hand-over-refused" ? unpacked.failure.detail : "other";
};
const handOver = strToU8('{"v":1}');

test("gives the files of a hand-over", () => {
  const bundle = new Uint8Array([1, 2, 3]);
  const both = unpackHandOver(zipSync({ "hand-over.json": handOver, "work.bundle": bundle }));
  expect(both.ok && [...both.value.keys()].sort()).toEqual(["hand-over.json", "work.bundle"]);
  expect(both.ok && Buffer.from(both.value.get("work.bundle") ?? [])).toEqual(Buffer.from(bundle));
  expect(unpackHandOver(zipSync({ "hand-over.json": handOver })).ok).toBe(true);
});

test.each(["../hand-over.json", "/etc/passwd", "a/hand-over.json", "hand-over.json/", "__proto__"])(
  "refuses an archive with %s",
  (name) => {
    const files = Object.fromEntries([
      ["hand-over.json", handOver],
      [name, strToU8("x")],
    ]);
    const archive = zipSync(name === "__proto__" ? { proto: handOver } : files);
    expect(detailOf(archive)).toMatch(/^it holds /);
  },
);

test("refuses one without a hand-over, and what is no archive", () => {
  expect(detailOf(zipSync({ "work.bundle": handOver }))).toBe("it holds no hand-over.json");
  expect(detailOf(zipSync({}))).toBe("it holds no hand-over.json");
  expect(detailOf(strToU8("this is no archive"))).toBe("its archive cannot be read");
  const whole = zipSync({ "hand-over.json": handOver });
  expect(detailOf(whole.slice(0, whole.length - 30))).toBe("its archive cannot be read");
});

test("refuses a bomb by its announced size, before a byte of it is unpacked", () => {
  const bomb = zipSync({ "hand-over.json": new Uint8Array(50_000_000) }, { level: 9 });
  expect(bomb.length).toBeLessThan(100_000);
  const before = process.memoryUsage().arrayBuffers;
  expect(detailOf(bomb)).toContain("hand-over.json is larger than");
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
});

/** Writes another size into the directory of an archive: 4 bytes at 24 of its entry. */
function lie(archive: Uint8Array, size: number): Uint8Array {
  const copy = Buffer.from(archive);
  const entry = copy.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  copy.writeUInt32LE(size, entry + 24);
  return copy;
}

test("a bomb that announces a small size grows no further than that", () => {
  const bomb = lie(zipSync({ "hand-over.json": new Uint8Array(50_000_000) }, { level: 9 }), 1_000);
  const unpacked = unpackHandOver(bomb);
  const bytes = unpacked.ok ? (unpacked.value.get("hand-over.json")?.length ?? 0) : 0;
  expect(bytes).toBeLessThanOrEqual(1_000);
});

test("refuses the same name twice", () => {
  const archive = Buffer.from(zipSync({ "hand-over.json": handOver, "hand-over.jsoN": handOver }));
  const renamed = Buffer.from(archive.toString("latin1").replaceAll("jsoN", "json"), "latin1");
  expect(detailOf(renamed)).toBe("it holds hand-over.json twice");
});
