import { log } from "../core/math/index.ts";

/** Decibans in one natural unit of log odds: 10 / ln 10 (Good 1950). */
export const DECIBANS_PER_NAT = 10 / log(10);

/** Natural log odds in decibans: a factor of ten is 10 dB. */
export const toDecibans = (nats: number): number => nats * DECIBANS_PER_NAT;
