# syntax=docker/dockerfile:1
# The GitHub App. Build: docker build -t archwright . Run:
# docker run -p 3000:3000 -v archwright:/data -v "$PWD/.env:/app/.env:ro" -e ANTHROPIC_API_KEY archwright (--env-file cannot read the key in .env)
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings its own Node: the optional package of the same name is left out.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
# Workers clone with git; tini passes signals on and reaps what git leaves behind, also without `docker run --init`.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git tini \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json app.yml LICENSE ./
COPY scripts/check-node.cjs scripts/check-node.cjs
COPY src src
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 ARCHWRIGHT_DATA=/data
# The queue: it must outlive the container, and lie on a disk of this machine.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
# Node itself, not npm: a shell in between would swallow SIGTERM, and jobs would be cut off instead of finished.
ENTRYPOINT ["tini", "--"]
CMD ["node", "--disable-warning=ExperimentalWarning", "src/app.ts"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
