import type { Rule } from "../grammar.ts";
import { readBases } from "../read-bases.ts";
import { memberScope } from "../walk.ts";

/** `impl Trait for Type { … }`: its members belong to the type; those of a trait are seen wherever the type is. */
export const implementationRule: Rule = (walk) => {
  let owner = "";
  let trait: string | null = null;
  walk.children(() => {
    const field = walk.field;
    if (field === "trait") trait = readBases(walk.source)[0] ?? null;
    else if (field === "type") owner = typeName(walk.source);
    else if (field === "body" && owner !== "") {
      if (trait !== null) walk.givenBases.push({ name: owner, base: trait });
      walk.enter(memberScope(owner, trait !== null));
    }
  });
};

/** `&'a mut a::B<T>` → B. */
function typeName(written: string): string {
  const bare = written.replace(/^(?:&|'\w+|\s|mut\b|dyn\b)+/, "");
  return readBases(bare)[0]?.split("::").at(-1) ?? "";
}
