import { createSample, type Sample } from "../../workspace/repository.ts";

const files: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "shop", "exports": "./dist/index.js" }\n',
  "src/index.ts": 'export { Cart } from "./store/cart.ts";\nexport * from "./money.ts";\n',
  "src/store/cart.ts":
    'import { Money } from "../money.ts";\nexport class Cart {\n  total(): Money {\n    return new Money();\n  }\n}\nexport const emptyCart = () => new Cart();\nconst inner = 1;\n',
  "src/money.ts": "export class Money {}\n",
  "src/web/page.ts":
    'import { Cart } from "../index.ts";\nexport const showPage = () => new Cart();\n',
  "src/web/menu.ts":
    'import { emptyCart } from "../store/cart.ts";\nexport const menu = emptyCart();\n',
  "src/web/far.ts": 'import { menu } from "./menu.ts";\nexport const far = menu;\n',
  "src/web/other.ts": 'import { Money } from "../index.ts";\nexport const other = new Money();\n',
  "db/schema.sql": "create table carts (id int);\n",
  "docs/cart.md": "# Cart\n",
  "CHANGELOG.md": "# Changes\n",
  "test/store/cart.test.ts": 'import { Cart } from "../../src/store/cart.ts";\nnew Cart();\n',
  "test/page.test.ts": 'import { Cart, Money } from "../src/index.ts";\nnew Cart();\n',
  "test/far.test.ts": 'import { far } from "../src/web/far.ts";\nfar;\n',
  "test/flow.test.ts": "// by hand\n",
  ".github/CODEOWNERS": "* @org/all\n/src/store/ @org/store\n",
};

/** A small shop with a past: the cart changes with the schema, which it does not import, and the changelog with everything. */
export function openShop(): Sample {
  const sample = createSample(files);
  let turn = 0;
  const change = (...paths: string[]): void => {
    turn += 1;
    for (const path of [...paths, "CHANGELOG.md"]) {
      sample.write(path, `${files[path]}\n// ${turn}`);
    }
    sample.commit(`change ${paths.join(" and ")}`);
  };
  for (let round = 0; round < 4; round += 1)
    change("src/store/cart.ts", "db/schema.sql", "test/flow.test.ts", "docs/cart.md");
  for (let round = 0; round < 6; round += 1) change("src/money.ts");
  change("src/store/cart.ts", "src/web/far.ts");
  return sample;
}
