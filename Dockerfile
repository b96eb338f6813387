# The team server, its workbench and the worker of runs, in one image. docs/team-server.md says how to run it.
#
# The base is pinned by its tag, not by a digest, so that building anew brings Debian's and Node's security fixes; whoever
# needs the same bytes each time adds the digest (node:24-slim@sha256:...) to all three lines.

# Builds the command and the workbench, with everything that takes.
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN ["node", "scripts/setup.mjs", "start"]

# What is needed at run time, and nothing more. A library names test and build tools as peers that it can do without; npm
# would install those that the lock file has, for the project's own development, unless peers are left out of account.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN ["npm", "install", "--omit=dev", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"]

FROM node:24-slim
LABEL org.opencontainers.image.title="Parley" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE THIRD-PARTY-NOTICES.md ./
COPY bin ./bin
COPY cases ./cases
COPY schema ./schema
COPY --from=build /app/dist ./dist
# Everything that is written goes to /data, so that the rest may be read-only.
RUN ["install", "--directory", "--owner=node", "--group=node", "--mode=0700", "/data"]
ENV NODE_ENV=production \
    PARLEY_HOST=0.0.0.0 \
    PARLEY_PORT=7350 \
    PARLEY_STORE=/data/server \
    PARLEY_CACHE=/data/cache \
    PARLEY_DATA=/data/data
VOLUME ["/data"]
# The user node by its number, so that Kubernetes sees that it is not root.
USER 1000:1000
EXPOSE 7350
STOPSIGNAL SIGTERM
# Liveness alone: a database that is away does not come back by starting this anew.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PARLEY_PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/parley.mjs"]
CMD ["serve"]
