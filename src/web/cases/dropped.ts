import { type Dropped, type Found, MOST_FILES, pack, readArchive } from "./case-files.ts";

/** Reads what was dropped: a YAML file, a folder with a case.yaml, or an archive of one, encrypted or not. */
export async function readDrop(transfer: DataTransfer): Promise<Dropped> {
  // Entries must be taken before the first wait: the list is emptied with the event.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  // What another page gave may be files that stand in no folder.
  const loose = entries.length === 0 ? [...transfer.files] : [];
  try {
    if (loose.length > 0) return await readPicked(loose);
    const found = (await Promise.all(entries.map((entry) => walk(entry, "")))).flat();
    const [only] = found;
    if (found.length === 1 && only !== undefined && isArchive(only.file)) return await readArchive(only.file);
    return await pack(found);
  } catch {
    return { refused: "unreadable" };
  }
}

/** Reads what was picked with a file field. */
export async function readPicked(files: readonly File[]): Promise<Dropped> {
  const [only] = files;
  try {
    if (files.length === 1 && only !== undefined && isArchive(only)) return await readArchive(only);
    return await pack(files.map((file) => ({ path: file.webkitRelativePath || file.name, file })));
  } catch {
    return { refused: "unreadable" };
  }
}

const isArchive = (file: Found["file"] | File): file is File => file instanceof File && /\.(zip|age)$/i.test(file.name);

async function walk(entry: FileSystemEntry, below: string): Promise<Found[]> {
  const path = `${below}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    return [{ path, file }];
  }
  if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Found[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0 || found.length > MOST_FILES) return found;
    for (const each of some) found.push(...(await walk(each, `${path}/`)));
  }
}
