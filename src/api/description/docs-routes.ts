import { fileURLToPath } from 'node:url';
import type { RequestHandler, Router } from 'express';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { routerOf } from '../http/operation.ts';
import { describeApi } from './describe-api.ts';
import { docsOperations } from './docs-operations.ts';

/** Nothing comes from elsewhere. Styles in the page are set by the viewer itself. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tashlum API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
<main id="docs"></main>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/docs-page.js"></script>
</html>
`;

/** Requests are shown and not sent: a key that moves money does not belong into a page. */
const SCRIPT = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  supportedSubmitMethods: [],
  validatorUrl: null,
});
`;

const CACHE = 'public, max-age=3600';

/** `/openapi.json` and `/docs`. Public, and the same for everybody. */
export function createDocsRoutes({ version, adapters }: ApiContext): Router {
  let json: string | null = null;
  return routerOf('', docsOperations, {
    json: (_request, response) => {
      json ??= JSON.stringify(describeApi(version, adapters));
      response.set('Cache-Control', CACHE).type('json').send(json);
    },
    page: (_request, response) => {
      response.set({ 'Content-Security-Policy': POLICY, 'Cache-Control': CACHE }).type('html').send(PAGE);
    },
    file: sendDocsFile,
  });
}

const sendDocsFile: RequestHandler<{ file: string }> = (request, response) => {
  const { file } = request.params;
  const isKnown = docsOperations.file.params.file.safeParse(file).success;
  if (!isKnown) throw new Problem('not_found', 'there is no such file');
  response.set('Cache-Control', CACHE);
  if (file === 'docs-page.js') return void response.type('js').send(SCRIPT);
  response.sendFile(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${file}`)));
};
