export type { DeskOptions } from "./desk.ts";
export { Desk } from "./desk.ts";
export type { FolderShelfOptions } from "./folder-shelf.ts";
export { FolderShelf } from "./folder-shelf.ts";
export type { Bench, CallOptions, McpService } from "./service.ts";
export { answerCall } from "./service.ts";
export type { Change, Shelf, ShelvedCase, Version, VersionedFile, WritePlace } from "./shelf.ts";
export type { Answer } from "./tool.ts";
