const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A file name of git (bytes) as text. Names in UTF-8 stand as they are. Others, and the few that begin with a
 * quotation mark, are written the way git quotes them (`"caf\351.txt"`), so that `bytesOfName` gives back the
 * same bytes and two names never look the same.
 */
export function nameOfBytes(bytes: Buffer): string {
  try {
    const text = strict.decode(bytes);
    if (!text.startsWith('"')) return text;
  } catch {
    // not UTF-8: quoted below
  }
  let quoted = "";
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    quoted += plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
  }
  return `"${quoted}"`;
}

/** The bytes of a name that `nameOfBytes` wrote. */
export function bytesOfName(name: string): Buffer {
  if (!name.startsWith('"') || !name.endsWith('"')) return Buffer.from(name);
  const bytes: number[] = [];
  const inner = name.slice(1, -1);
  for (let index = 0; index < inner.length; index += 1) {
    const octal = /^\\([0-7]{3})/.exec(inner.slice(index, index + 4));
    if (octal === null) bytes.push(inner.charCodeAt(index));
    else {
      bytes.push(Number.parseInt(octal[1] ?? "0", 8));
      index += 3;
    }
  }
  return Buffer.from(bytes);
}

/** Splits output of `git … -z` at its NUL bytes. */
export function splitAtNul(output: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let end = output.indexOf(0); end !== -1; end = output.indexOf(0, start)) {
    parts.push(output.subarray(start, end));
    start = end + 1;
  }
  if (start < output.length) parts.push(output.subarray(start));
  return parts;
}
