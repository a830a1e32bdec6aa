import { readFile } from 'node:fs/promises';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from '#jest';
import { describeThis, OPENAPI_FILE, RELEASED_FILE } from '../../dev/openapi.ts';
import { PROBLEMS } from '../../src/domain/problems.ts';
import { EVENT_FACTS } from '../../src/history/event-facts.ts';
import { breakingChanges } from './breaking-changes.ts';
import { DESCRIPTION, faultOf, OPERATIONS } from './description.ts';
import type { Description } from './description.ts';

/** These take nothing, so they can refuse nothing. */
const NEVER_REFUSED = ['/health/live', '/health/ready', '/openapi.json', '/docs'];

/** Sends every payer on to a clean address. */
const ALWAYS_ON = '/pay/{token}/return';

describe('docs/openapi.json', () => {
  it('is what the schemas and route tables come to (npm run openapi writes it)', async () => {
    expect(await describeThis()).toBe(await readFile(OPENAPI_FILE, 'utf8'));
  });

  it('passes a strict linter', async () => {
    const problems = await lintFromString({
      source: await readFile(OPENAPI_FILE, 'utf8'),
      absoluteRef: OPENAPI_FILE,
      config: await createConfig({ extends: ['recommended-strict'] }),
    });
    const found = problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer ?? ''}`);
    const lacks = (rule: string, path: string, method = 'get'): string =>
      `operation-${rule}-response #/paths/${path.replaceAll('/', '~1')}/${method}/responses`;
    expect(found).toEqual([
      ...['get', 'post'].map((method) => lacks('2xx', ALWAYS_ON, method)),
      ...NEVER_REFUSED.map((path) => lacks('4xx', path)),
    ]);
  });

  it('tells every event', () => {
    expect(Object.keys(DESCRIPTION.webhooks).sort()).toEqual(Object.keys(EVENT_FACTS).sort());
  });

  it('tells every error code in at least one operation', () => {
    const text = JSON.stringify([DESCRIPTION.paths, DESCRIPTION.components.responses]);
    const untold = Object.keys(PROBLEMS).filter((code) => !text.includes(`\`${code}\`:`));
    expect(untold).toEqual([]);
  });
});

describe('examples', () => {
  const schemas = Object.entries(DESCRIPTION.components.schemas).filter(([, schema]) => 'examples' in schema);
  const bodies = OPERATIONS.filter(
    ({ requestBody }) => requestBody?.content['application/json']?.example !== undefined,
  );

  it.each(schemas)('the example of %s fits its schema', (name, schema) => {
    const [example] = schema['examples'] as unknown[];
    expect(faultOf(example, ['components', 'schemas', name], 'closed')).toBeNull();
  });

  it.each(bodies.map((operation) => [operation.operationId, operation] as const))(
    'the body of %s fits its schema',
    (_id, { path, method, requestBody }) => {
      const place = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema'];
      expect(faultOf(requestBody?.content['application/json']?.example, place, 'closed')).toBeNull();
    },
  );
});

describe('what callers rely on', () => {
  it('does not break since the last release, unless the version says so', async () => {
    const released = JSON.parse(await readFile(RELEASED_FILE, 'utf8')) as Description;
    const broken = breakingChanges(released, DESCRIPTION);
    expect(mayBreak(released.info.version, DESCRIPTION.info.version) ? [] : broken).toEqual([]);
  });
});

/** Before 1.0 a minor version may break, from then on only a major one (CHANGELOG.md). */
function mayBreak(before: string, after: string): boolean {
  const [[majorBefore = 0, minorBefore = 0], [major = 0, minor = 0]] = [before, after].map((version) =>
    version.split('.').map(Number),
  ) as [number[], number[]];
  return major > majorBefore || (major === 0 && minor > minorBefore);
}
