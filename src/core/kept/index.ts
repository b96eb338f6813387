export { keptFor, madeOnce } from "./kept.ts";
