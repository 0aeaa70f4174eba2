/** `import a.b.C`, `import a.b.*`, `import static a.b.C.d`: the last part is the name, but a class stays in the path. */
export function readJavaImport(statement: string): { specifier: string; names: string[] } | null {
  const written = /^import\s+(static\s+)?([^;]+)/.exec(statement);
  const path = (written?.[2] ?? "").replace(/\s+/g, "");
  const cut = path.lastIndexOf(".");
  const last = path.slice(cut + 1);
  if (path === "" || !/^[\p{L}\p{N}_$.*]+$/u.test(path)) return null;
  const whole = last !== "*" && written?.[1] === undefined;
  return { specifier: whole ? path : path.slice(0, Math.max(cut, 0)), names: [last] };
}
