import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** What a test has the provider say. */
export interface Saying {
  sub: string;
  email?: string | undefined;
  email_verified?: boolean | string;
  name?: string;
}

/**
 * A tiny identity provider on loopback: discovery, keys, and a token endpoint that checks client, code, PKCE and
 * redirect address. Whoever is sent there is signed in at once, as the test says.
 */
export async function identityProvider(client: { id: string; secret: string }) {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const other = await generateKeyPair("ES256");
  const key = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" };
  const codes = new Map<string, URLSearchParams>();
  const asked: string[] = [];
  let issuer = "";
  const state = {
    saying: { sub: "s-1", email: "ann@example.org", email_verified: true } as Saying,
    /** What of the ID token is otherwise than it should be. */
    claims: {} as JWTPayload,
    isForged: false,
    isUnsigned: false,
    hasNoIdToken: false,
    issuerInDiscovery: undefined as string | undefined,
    isDown: false,
  };

  const idToken = async (nonce: string | null): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: issuer, aud: client.id, iat: now, exp: now + 300, nonce, ...state.saying, ...state.claims };
    if (state.isUnsigned) {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      return `${part({ alg: "none" })}.${part(payload)}.`;
    }
    const token = new SignJWT(payload as JWTPayload).setProtectedHeader({ alg: "ES256", kid: "one" });
    return token.sign(state.isForged ? other.privateKey : privateKey);
  };

  const token = async (request: IncomingMessage): Promise<[number, object]> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const given = new URLSearchParams(Buffer.concat(chunks).toString());
    const basic = Buffer.from((request.headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
    const [id, secret] = basic.includes(":") ? basic.split(":") : [given.get("client_id"), given.get("client_secret")];
    const code = codes.get(given.get("code") ?? "");
    codes.delete(given.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(given.get("code_verifier") ?? "")
      .digest("base64url");
    const isRight =
      id === client.id &&
      secret === client.secret &&
      code !== undefined &&
      code.get("code_challenge") === challenge &&
      code.get("redirect_uri") === given.get("redirect_uri");
    if (!isRight) return [400, { error: "invalid_grant" }];
    const rest = state.hasNoIdToken ? {} : { id_token: await idToken(code.get("nonce")) };
    return [200, { access_token: "access-secret", refresh_token: "refresh-secret", token_type: "Bearer", ...rest }];
  };

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", issuer);
    asked.push(pathname);
    const [status, body] = state.isDown
      ? [503, {}]
      : pathname === "/.well-known/openid-configuration"
        ? [200, { ...discovery(), issuer: state.issuerInDiscovery ?? issuer }]
        : pathname === "/keys"
          ? [200, { keys: [key] }]
          : pathname === "/token"
            ? await token(request)
            : [404, {}];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  const discovery = () => ({
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    userinfo_endpoint: `${issuer}/userinfo`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256"],
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;

  return {
    issuer,
    state,
    asked,
    /** Signs somebody in who was sent here: the query that the browser goes back with. */
    authorize(address: string): URLSearchParams {
      const url = new URL(address);
      const code = randomUUID();
      codes.set(code, url.searchParams);
      return new URLSearchParams({ code, state: url.searchParams.get("state") ?? "", iss: issuer });
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
