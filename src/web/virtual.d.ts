declare module "virtual:report.css";
declare module "*.css";

interface ImportMeta {
  /** Given by the build. */
  readonly env: { readonly PROD: boolean };
}
