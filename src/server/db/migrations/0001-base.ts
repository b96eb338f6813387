import { type Kysely, sql } from "kysely";

/** People, workspaces, cases with their versions, and what hangs on them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `CREATE TABLE users (
    id text PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE,
    email_verified boolean NOT NULL DEFAULT false,
    image text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    keeper boolean NOT NULL DEFAULT false,
    suspended_at timestamptz
  )`,
  `CREATE TABLE sessions (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users ON DELETE CASCADE,
    token text NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    ip_address text,
    user_agent text
  )`,
  "CREATE INDEX sessions_user ON sessions (user_id)",
  `CREATE TABLE accounts (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users ON DELETE CASCADE,
    account_id text NOT NULL,
    provider_id text NOT NULL,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    password text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider_id, account_id)
  )`,
  "CREATE INDEX accounts_user ON accounts (user_id)",
  `CREATE TABLE verifications (
    id text PRIMARY KEY,
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  "CREATE INDEX verifications_identifier ON verifications (identifier)",
  `CREATE TABLE passkeys (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users ON DELETE CASCADE,
    name text,
    public_key text NOT NULL,
    credential_id text NOT NULL UNIQUE,
    counter bigint NOT NULL,
    device_type text NOT NULL,
    backed_up boolean NOT NULL,
    transports text,
    created_at timestamptz,
    aaguid text
  )`,
  "CREATE INDEX passkeys_user ON passkeys (user_id)",
  // Failed attempts to sign in, by keyed hashes, as rate-limiter-flexible counts them.
  `CREATE TABLE rate_limits (
    key varchar(255) PRIMARY KEY,
    points integer NOT NULL DEFAULT 0,
    expire bigint
  )`,
  `CREATE TABLE workspaces (
    id text PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text REFERENCES users ON DELETE SET NULL
  )`,
  `CREATE TABLE workspace_members (
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('reader', 'commenter', 'editor', 'owner')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, user_id)
  )`,
  "CREATE INDEX workspace_members_user ON workspace_members (user_id)",
  `CREATE TABLE cases (
    id text PRIMARY KEY,
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    name text NOT NULL,
    title text NOT NULL,
    as_of text,
    main text NOT NULL,
    head integer NOT NULL CHECK (head > 0),
    hash text NOT NULL,
    restricted boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text REFERENCES users ON DELETE SET NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
  )`,
  "CREATE UNIQUE INDEX cases_name ON cases (workspace_id, name) WHERE deleted_at IS NULL",
  `CREATE TABLE case_members (
    case_id text NOT NULL REFERENCES cases ON DELETE CASCADE,
    user_id text NOT NULL REFERENCES users ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('reader', 'commenter', 'editor', 'owner')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_id, user_id)
  )`,
  "CREATE INDEX case_members_user ON case_members (user_id)",
  `CREATE TABLE contents (
    case_id text NOT NULL REFERENCES cases ON DELETE CASCADE,
    hash text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (case_id, hash)
  )`,
  `CREATE TABLE versions (
    case_id text NOT NULL REFERENCES cases ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    kind text NOT NULL,
    author_id text REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    message text,
    hash text NOT NULL,
    files jsonb NOT NULL,
    assistant boolean NOT NULL DEFAULT false,
    undoes integer,
    PRIMARY KEY (case_id, number)
  )`,
  "CREATE INDEX versions_hash ON versions (case_id, hash)",
  `CREATE TABLE comments (
    id text PRIMARY KEY,
    case_id text NOT NULL REFERENCES cases ON DELETE CASCADE,
    path text NOT NULL,
    body text NOT NULL,
    author_id text REFERENCES users ON DELETE SET NULL,
    version integer NOT NULL,
    parent_id text REFERENCES comments ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    edited_at timestamptz,
    resolved_at timestamptz,
    resolved_by text REFERENCES users ON DELETE SET NULL
  )`,
  "CREATE INDEX comments_case ON comments (case_id, created_at)",
  `CREATE TABLE assessments (
    key text NOT NULL,
    case_id text NOT NULL REFERENCES cases ON DELETE CASCADE,
    kind text NOT NULL,
    version integer NOT NULL,
    options jsonb NOT NULL,
    hash text NOT NULL,
    document text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text REFERENCES users ON DELETE SET NULL,
    PRIMARY KEY (case_id, key)
  )`,
  // The record is text: it holds words of cases, and jsonb takes no zero bytes. It is null until the run is first saved.
  `CREATE TABLE runs (
    id text PRIMARY KEY,
    owner_id text REFERENCES users ON DELETE SET NULL,
    case_id text REFERENCES cases ON DELETE CASCADE,
    key text,
    state text,
    record text,
    plan text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  "CREATE INDEX runs_case ON runs (case_id)",
  "CREATE INDEX runs_owner ON runs (owner_id)",
  "CREATE INDEX runs_key ON runs (key)",
  // Counts alone, by what is computed: runs of the same share them. What all come to stands as shard -1.
  `CREATE TABLE run_shards (
    key text NOT NULL,
    shard integer NOT NULL,
    digest text NOT NULL,
    counts bytea NOT NULL,
    PRIMARY KEY (key, shard)
  )`,
  // No reference to what it tells of: it outlives that.
  `CREATE TABLE audit (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_id text,
    action text NOT NULL,
    workspace_id text,
    case_id text,
    detail jsonb NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL UNIQUE
  )`,
  "CREATE INDEX audit_workspace ON audit (workspace_id, seq)",
  `CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$`,
  `CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_only_grows()`,
  `CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()`,
  `CREATE TABLE invitations (
    id text PRIMARY KEY,
    workspace_id text NOT NULL REFERENCES workspaces ON DELETE CASCADE,
    email text,
    role text NOT NULL CHECK (role IN ('reader', 'commenter', 'editor', 'owner')),
    token_hash text NOT NULL UNIQUE,
    created_by text REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    accepted_by text REFERENCES users ON DELETE SET NULL,
    revoked_at timestamptz
  )`,
  "CREATE INDEX invitations_workspace ON invitations (workspace_id)",
  `CREATE TABLE api_tokens (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users ON DELETE CASCADE,
    workspace_id text REFERENCES workspaces ON DELETE CASCADE,
    name text NOT NULL,
    token_hash text NOT NULL UNIQUE,
    scopes jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,
  "CREATE INDEX api_tokens_user ON api_tokens (user_id)",
  `CREATE TABLE shares (
    id text PRIMARY KEY,
    case_id text NOT NULL REFERENCES cases ON DELETE CASCADE,
    version integer,
    redact boolean NOT NULL DEFAULT false,
    token_hash text NOT NULL UNIQUE,
    created_by text REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
  )`,
  "CREATE INDEX shares_case ON shares (case_id)",
  // What is lost with the server may be: pages say it anew.
  `CREATE UNLOGGED TABLE presence (
    case_id text NOT NULL REFERENCES cases ON DELETE CASCADE,
    page text NOT NULL,
    user_id text NOT NULL REFERENCES users ON DELETE CASCADE,
    path text,
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_id, user_id, page)
  )`,
];
