/** Bundles one entry into a folder: the same sources give the same bytes, wherever they lie. */
export function bundle(
  target: { entry: string; name: string },
  out: string,
  root?: string,
): Promise<void>;
