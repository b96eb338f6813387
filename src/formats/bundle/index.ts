export type { Bundle } from "./bundle.ts";
export { bundle, openBundle } from "./bundle.ts";
export type { Keys, Lock } from "./lock.ts";
export { identitiesIn, lock, lockOf, unlock } from "./lock.ts";
export type { BundleFiles, Manifest, Redaction } from "./manifest.ts";
export { MANIFEST } from "./manifest.ts";
export { MOST_BYTES } from "./zip.ts";
