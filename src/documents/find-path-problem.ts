/** Why a path cannot name a file of the repository, or null. Paths are relative, with forward slashes. */
export function findPathProblem(path: string): string | null {
  if (path === "") return "path is empty";
  if (path.includes("\\")) return `path "${path}" has backslashes; use forward slashes`;
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return `path "${path}" is absolute`;
  const parts = path.split("/");
  if (parts.includes("..")) return `path "${path}" leaves the repository`;
  if (parts.some((part) => part === "" || part === "."))
    return `path "${path}" is not in its plain form`;
  return null;
}
