import { Parser } from "web-tree-sitter";

export type Runtime = {
  /** To be called after a parser threw: what it had on its stack is given up. */
  restoreStack(): void;
};

/** The part of the engine's WebAssembly that is needed here: the project has no types of a browser. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: Imports): Promise<object>;
};

/** What the module's loader hands over. */
type Imports = { env?: { __stack_pointer?: { value: number } } };
type Options = {
  instantiateWasm(imports: Imports, loaded: (instance: object, module: object) => void): object;
  _malloc?: (bytes: number) => number;
};

/**
 * The parser recurses over what is nested, and its own stack of 64 KB lies above its data: code that was nested to harm would write
 * over them unnoticed. With 4 MB the engine's own limit comes first, which is an exception and damages nothing.
 */
const STACK_BYTES = 4 << 20;

/** The parser library holds one module for the whole process, so it is begun once; after a failure it may be tried again. */
let begun: Promise<Runtime> | null = null;

export function beginRuntime(bytes: () => Promise<Uint8Array>): Promise<Runtime> {
  begun ??= begin(bytes).catch((problem: unknown) => {
    begun = null;
    throw problem;
  });
  return begun;
}

async function begin(bytes: () => Promise<Uint8Array>): Promise<Runtime> {
  const module = await WebAssembly.compile(await bytes());
  const failed = Promise.withResolvers<never>();
  const options: Options & { seen: Imports } = {
    seen: {},
    instantiateWasm(imports, loaded) {
      options.seen = imports;
      WebAssembly.instantiate(module, imports)
        .then((instance) => loaded(instance, module))
        .catch(failed.reject);
      return {};
    },
  };
  await Promise.race([Parser.init(options), failed.promise]);
  return { restoreStack: enlargeStack(options.seen, options._malloc) };
}

function enlargeStack({ env }: Imports, allocate: Options["_malloc"]): () => void {
  const pointer = env?.__stack_pointer;
  const base = pointer === undefined ? 0 : (allocate?.(STACK_BYTES) ?? 0);
  if (pointer === undefined || base === 0) return () => {};
  const top = (base + STACK_BYTES) & ~15;
  pointer.value = top;
  return () => {
    pointer.value = top;
  };
}
