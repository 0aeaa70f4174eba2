import { expect, test } from "@jest/globals";
import { createSample } from "../../workspace/repository.ts";
import { load } from "../index/load-sample.ts";

/** Files as people write them, read by the index itself: what it tells of imports and what the graph makes of it must agree. */
const languages: Readonly<Record<string, { files: Record<string, string>; edges: string[] }>> = {
  "TypeScript with an alias, and a test": {
    files: {
      "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
      "src/a.ts": 'import { b } from "@/b";\nexport * from "./c.js";\n',
      "src/b.ts": "export const b = 1;\n",
      "src/c.ts": "export const c = require('./b');\n",
      "src/d.vue": '<script setup>\nimport { b } from "./b";\n</script>\n',
      "test/a.test.ts": 'import { b } from "../src/a.ts";\n',
    },
    edges: [
      "src/a.ts → src/b.ts",
      "src/a.ts → src/c.ts",
      "src/c.ts → src/b.ts",
      "src/d.vue → src/b.ts",
      "test/a.test.ts → src/a.ts",
    ],
  },
  Python: {
    files: {
      "src/shop/__init__.py": "from .cart import Cart\n",
      "src/shop/cart.py":
        "import os\nfrom . import money\nfrom shop.money import Money\n\nclass Cart:\n    pass\n",
      "src/shop/money.py": "class Money:\n    pass\n",
      "tests/test_cart.py": "from shop import Cart\n",
    },
    edges: [
      "src/shop/__init__.py → src/shop/cart.py",
      "src/shop/cart.py → src/shop/money.py",
      "src/shop/cart.py → src/shop/money.py",
      "tests/test_cart.py → src/shop/__init__.py",
    ],
  },
  Go: {
    files: {
      "go.mod": "module example.org/shop\n\ngo 1.22\n",
      "main.go":
        'package main\n\nimport (\n\t"fmt"\n\tst "example.org/shop/store"\n)\n\nfunc main() { fmt.Println(st.OpenCart()) }\n',
      "store/cart.go": "package store\n\nfunc OpenCart() int { return newLine() }\n",
      "store/line.go": "package store\n\nfunc newLine() int { return 1 }\n",
      "store/cart_test.go":
        'package store\n\nimport "testing"\n\nfunc TestCart(t *testing.T) { OpenCart() }\n',
    },
    edges: [
      "main.go → store/cart.go",
      "store/cart.go → store/line.go",
      "store/cart_test.go → store/cart.go",
    ],
  },
  Rust: {
    files: {
      "Cargo.toml": '[package]\nname = "shop-core"\nversion = "0.1.0"\n',
      "src/lib.rs": "pub mod cart;\nmod money;\npub use cart::Cart;\n",
      "src/cart.rs": "use crate::money::{self, Money};\n\npub struct Cart;\n",
      "src/money.rs": "pub struct Money;\n",
      "tests/all.rs": "use shop_core::cart::Cart;\n",
    },
    edges: [
      "src/cart.rs → src/money.rs",
      "src/lib.rs → src/cart.rs",
      "src/lib.rs → src/money.rs",
      "src/lib.rs → src/cart.rs",
      "tests/all.rs → src/cart.rs",
    ],
  },
  Java: {
    files: {
      "src/main/java/org/x/App.java":
        "package org.x;\n\nimport org.x.store.Cart;\nimport static org.x.store.Money.ZERO;\n\npublic class App { AppContext context; }\n",
      "src/main/java/org/x/AppContext.java": "package org.x;\n\nclass AppContext {}\n",
      "src/main/java/org/x/store/Cart.java": "package org.x.store;\n\npublic class Cart {}\n",
      "src/main/java/org/x/store/Money.java":
        "package org.x.store;\n\npublic class Money { public static final int ZERO = 0; }\n",
    },
    edges: [
      "src/main/java/org/x/App.java → src/main/java/org/x/AppContext.java",
      "src/main/java/org/x/App.java → src/main/java/org/x/store/Cart.java",
      "src/main/java/org/x/App.java → src/main/java/org/x/store/Money.java",
    ],
  },
  "C#": {
    files: {
      "App/Program.cs": "using System;\nusing Shop.Store;\n\nvar cart = new CartStore();\n",
      "Core/CartStore.cs": "namespace Shop.Store\n{\n    public class CartStore {}\n}\n",
      "Core/LineStore.cs": "namespace Shop.Store;\n\npublic class LineStore {}\n",
    },
    edges: ["App/Program.cs → Core/CartStore.cs"],
  },
  Ruby: {
    files: {
      "lib/shop.rb": "require 'json'\nrequire_relative 'shop/cart'\n",
      "lib/shop/cart.rb": "module Shop\n  class CartLine\n  end\nend\n",
      "app/page.rb": "require 'shop'\n",
      "app/list.rb": "Shop::CartLine.new\n",
    },
    edges: [
      "app/list.rb → lib/shop/cart.rb",
      "app/page.rb → lib/shop.rb",
      "lib/shop.rb → lib/shop/cart.rb",
    ],
  },
  PHP: {
    files: {
      "composer.json": '{ "autoload": { "psr-4": { "Shop\\\\": "src/" } } }',
      "src/App.php":
        "<?php\nnamespace Shop;\n\nuse Shop\\Store\\{Cart, Line};\n\nrequire __DIR__ . '/setup.php';\n",
      "src/setup.php": "<?php\n",
      "src/Store/Cart.php": "<?php\nnamespace Shop\\Store;\nclass Cart {}\n",
      "src/Store/Line.php": "<?php\nnamespace Shop\\Store;\nclass Line {}\n",
    },
    edges: [
      "src/App.php → src/Store/Cart.php",
      "src/App.php → src/Store/Line.php",
      "src/App.php → src/setup.php",
    ],
  },
  "C++": {
    files: {
      "src/a.cpp": '#include <string.h>\n#include <shop/b.h>\n#include "a.h"\n',
      "src/a.h": "int a();\n",
      "include/shop/b.h": "int b();\n",
      "compat/string.h": "int c();\n",
    },
    edges: ["src/a.cpp → include/shop/b.h", "src/a.cpp → src/a.h"],
  },
};

test.each(Object.entries(languages))("%s", async (_name, { files, edges }) => {
  const sample = createSample(files);
  const { graph, files: known } = await load(sample);
  sample.remove();
  const found = known.flatMap(({ path }) =>
    graph.importsOf(path).map(({ from, to }) => `${from} → ${to}`),
  );
  expect(found).toEqual(edges);
});
