import type { Severity } from "./problem.ts";

/** A problem's sentence and hint, made by words.ts. */
type Say<W> = (message: string, hint?: string, severity?: Severity) => W;

/** The words of problems with the team server's settings, which stand in its environment. */
export function settingWords<W>(
  say: Say<W>,
  cut: (value: string | number) => string,
  didYouMean: (near?: string) => string | undefined,
) {
  return {
    "setting-invalid": (f: { name: string; told: string; expected: string; hint?: string | undefined }) =>
      say(`invalid ${f.name}: ${cut(f.told)} (expected ${f.expected})`, f.hint),
    "setting-unknown": ({ name, near }: { name: string; near?: string | undefined }) =>
      say(`unknown setting: ${cut(name)}`, didYouMean(near) ?? "parley serve --help lists the settings"),
    "setting-missing": ({ name, why, hint }: { name: string; why: string; hint?: string | undefined }) =>
      say(`missing ${name}: ${cut(why)}`, hint),
    "setting-twice": ({ name }: { name: string }) =>
      say(`invalid ${name}: ${name}_FILE is set, too (expected one of them)`, "the file is the safer place"),
    "setting-file": ({ name, path, why }: { name: string; path: string; why: string }) =>
      say(`invalid ${name}_FILE: ${cut(path)} cannot be used (${cut(why)})`),
    "setting-linked": ({ name }: { name: string }) =>
      say(
        `invalid ${name}: it was set by Kubernetes for a Service of that name, not by you`,
        "set enableServiceLinks: false in the pod's spec",
      ),
    "secret-kept": ({ path, why, hint }: { path: string; why: string; hint: string }) =>
      say(`invalid secret: the file ${cut(path)} cannot be used (${cut(why)})`, hint),
  };
}
