import { team } from "../../server/support.ts";
import { LIMITS, runs } from "../../server/team-runs.ts";
import { describeWithPostgres, type PostgresServer, startPostgres } from "../../support/postgres.ts";

describeWithPostgres("runs of a team on a PostgreSQL server", () => {
  let postgres: PostgresServer;
  runs(
    async () => {
      postgres = await startPostgres("secret");
      return team({ url: postgres.url }, { desk: LIMITS });
    },
    () => team({ url: postgres.url }, { desk: LIMITS }),
    () => postgres.stop(),
  );
});
