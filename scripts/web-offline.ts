import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** What no page asks for, and what stands where a server may answer: that is never kept. */
const LEFT_OUT = /\.(map|md)$|^sw\.js$|^api\//;

/**
 * The service worker `sw.js` at the root of the build, with the list of all built files and a hash of them: another build is
 * another version. It is one plain script without imports.
 */
export function offline(entry: string): Plugin {
  let reference = "";
  return {
    name: "parley-offline",
    apply: "build",
    buildStart() {
      reference = this.emitFile({ type: "chunk", id: entry, fileName: "sw.js" });
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const worker = bundle[this.getFileName(reference)];
        if (worker?.type !== "chunk") throw new Error("the service worker was not built");
        if (worker.imports.length > 0) throw new Error("the service worker must stand alone");
        const files = Object.keys(bundle)
          .filter((name) => !LEFT_OUT.test(name))
          .sort();
        const hash = createHash("sha256").update(worker.code);
        for (const name of files) {
          const each = bundle[name];
          hash.update(`\0${name}\0`).update(each?.type === "chunk" ? each.code : (each?.source ?? ""));
        }
        const built = JSON.stringify({ version: hash.digest("hex").slice(0, 16), files: [...files, ...PUBLIC] });
        worker.code = `const PARLEY_BUILT=${built};\n${worker.code}`;
      },
    },
  };
}

/** Files of src/web/public, which are copied as they are. */
const PUBLIC = ["icon.svg"];
