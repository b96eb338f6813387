import { request } from "node:http";

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asks for an address with whatever headers, and its path as it stands. */
export function get(
  address: string,
  headers: Readonly<Record<string, string>> = {},
  { method = "GET", path }: { readonly method?: string; readonly path?: string } = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { headers, method, ...(path === undefined ? {} : { path }) }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += String(chunk);
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    asked.on("error", reject);
    asked.end();
  });
}
