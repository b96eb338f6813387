export { clientAddress, isLoopback } from "./addresses.ts";
export type { DatabaseConfig, OidcConfig, ServerConfig } from "./config.ts";
export { loadConfig, redactedSummary } from "./config.ts";
export type { Environment, Given } from "./read.ts";
export { withoutPassword } from "./redact.ts";
export type { LogLevel } from "./settings.ts";
export { settingsHelp, settingsTable } from "./table.ts";
