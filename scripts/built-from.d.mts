export interface Build {
  readonly stamp: string;
  readonly main: string;
  readonly sources: () => readonly string[];
}
export const root: string;
export const BUILDS: { readonly command: Build; readonly workbench: Build; readonly store: Build };
export function digest(files: readonly string[]): string;
