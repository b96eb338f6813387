export type { DeskOptions } from "./desk.ts";
export { Desk } from "./desk.ts";
export type { Bench, CallOptions } from "./service.ts";
export { answerCall } from "./service.ts";
export type { ShelfOptions } from "./shelf.ts";
export { Shelf } from "./shelf.ts";
export type { Answer } from "./tool.ts";
