import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { nearest, ParleyError } from "../core/problems/index.ts";
import type { CaseFiles } from "./parse/files.ts";

/**
 * The files of a case on disk (Node only): a folder with a case.yaml, or a single YAML file.
 *
 * Nothing outside the folder is read, not through a symbolic link either.
 *
 * @throws ParleyError where the target is missing, or a folder without a case.yaml.
 */
export function filesInFolder(target: string): CaseFiles {
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw ParleyError.of("file-not-found", { path: target, near: neighbour(target) });
  }
  const main = stat.isDirectory() ? "case.yaml" : basename(target);
  const folder = stat.isDirectory() ? target : dirname(target);
  if (stat.isDirectory() && statSync(join(target, main), { throwIfNoEntry: false }) === undefined) {
    throw ParleyError.of("case-file-missing", { path: target });
  }
  const root = realpathSync(folder);
  return {
    main,
    label: (path) => (stat.isDirectory() ? join(target, path) : path === main ? target : join(folder, path)),
    read(path) {
      const full = resolve(root, path);
      if (statSync(full, { throwIfNoEntry: false }) === undefined) {
        const dangling = lstatSync(full, { throwIfNoEntry: false }) !== undefined;
        if (dangling) throw ParleyError.of("path-outside-folder", { path });
        throw ParleyError.of("file-not-found", { path, near: neighbour(full) });
      }
      const real = realpathSync(full);
      const inside = relative(root, real);
      if (inside.startsWith(`..${sep}`) || inside === ".." || resolve(root, inside) !== real) {
        throw ParleyError.of("path-outside-folder", { path });
      }
      try {
        return readFileSync(real);
      } catch (error) {
        const reason = reasonOf(error);
        throw ParleyError.of("file-unreadable", { path, reason });
      }
    },
  };
}

/** What a file system's error means, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Readonly<Record<string, string>> = {
    EACCES: "permission denied",
    EISDIR: "it is a folder",
    ENOENT: "it does not exist",
    ENOSPC: "the disk is full",
    ENOTDIR: "a part of its path is no folder",
    EROFS: "the disk is read-only",
  };
  return words[code ?? ""] ?? message;
}

function neighbour(path: string): string | undefined {
  try {
    const near = nearest(basename(path), readdirSync(dirname(path)));
    return near === undefined ? undefined : join(dirname(path), near);
  } catch {
    return undefined;
  }
}
