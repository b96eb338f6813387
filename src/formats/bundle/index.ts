export type { Bundle } from "./bundle.ts";
export { bundle, openBundle } from "./bundle.ts";
export type { BundleFiles, Manifest, Redaction } from "./manifest.ts";
export { MANIFEST } from "./manifest.ts";
