/**
 * Folder of the GitHub Actions runner that started this process, or null: an Action is run by the Node inside the runner. Its
 * credentials lie there.
 */
export const findRunner = (node: string = process.execPath): string | null =>
  /^(.*)\/externals[^/]*\/node\d+[^/]*\/bin\/node$/.exec(node)?.[1] || null;
