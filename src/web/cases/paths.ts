/** Whether a path stays inside the folder that it is unpacked into: relative, with /, without a step up or a drive. */
export function isSafePath(path: string): boolean {
  if (path === "" || path.length > 400 || /^[/\\]|^[a-z]:|[\\\p{Cc}]/iu.test(path)) return false;
  const parts = path.replace(/\/$/, "").split("/");
  return parts.every((part) => part !== "" && part !== "." && part !== ".." && part !== "__proto__");
}
