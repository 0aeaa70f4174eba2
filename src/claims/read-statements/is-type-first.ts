const notTypes =
  /^(?:new|await|return|throw|yield|typeof|if|while|for|case|else|switch|catch|import|using|package|go|defer|not|and|or)\b/;
const declaring =
  /\b(?:public|private|protected|internal|static|final|abstract|virtual|override)\b/;
const head = /^((?:@?[\w.:[\]?*&~]+\s+)+)[*&]*[\w:~]+\s*\(([^;{}]*)\)/;
const tail =
  /^\s*(?:(?:const|noexcept|override|final)\b\s*)*(?:->\s*[\w:*&().\s]+|throws\s+[\w., ]+|where\s+[\w., :]+|:\s*(?:this|base)\(.*\))?$/;

/** Whether a text is a declaration whose types come first: `public static Invoice of(long cents)`, `void close()`. */
export function isTypeFirst(text: string): boolean {
  const plain = withoutTypes(text);
  const match = head.exec(plain);
  if (match === null || notTypes.test(plain)) return false;
  const [whole, types = "", list = ""] = match;
  if (!tail.test(plain.slice(whole.length))) return false;
  const parameters = list.split(",").map((one) => one.trim());
  // `do something(here)` is no declaration: its parameters have no types.
  const isTyped = list.trim() === "" || parameters.every((one) => /\S\s+\S|[&*]|\.\.\./.test(one));
  return isTyped || declaring.test(types);
}

/** Without what stands in angle brackets, however deep. */
export function withoutTypes(text: string): string {
  let plain = text;
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replace(/<[^<>]*>/g, "");
  }
  return plain;
}
