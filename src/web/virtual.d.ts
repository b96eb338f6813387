declare module "virtual:report.css";
declare module "*.css";
/** A file that is handed out as it is: its address. */
declare module "*?url" {
  const address: string;
  export default address;
}

interface ImportMeta {
  /** Given by the build. */
  readonly env: { readonly PROD: boolean };
}
