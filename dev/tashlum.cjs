#!/usr/bin/env node
// Plain CommonJS, so that any Node can read it and say what is missing: an older one cannot even parse the .ts files.
const OLDEST = 24;

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(
    `Tashlum runs on Node ${OLDEST} or newer, this is ${process.versions.node}. ` +
      'npm ci installs the right one below node_modules: run npm ci (with install scripts allowed), then npm run demo.',
  );
  process.exit(1);
}
import('./cli.ts');
