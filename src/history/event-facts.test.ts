import { execFileSync } from 'node:child_process';
import { expect, it } from '#jest';
import { EVENT_FACTS } from './event-facts.ts';

const TYPES = Object.keys(EVENT_FACTS);

it.each(TYPES)('%s is named by a test', (type) => {
  const files = execFileSync('git', ['grep', '-lF', `'${type}'`, '--', 'test', 'src/**/*.test.ts'], {
    encoding: 'utf8',
  });
  expect(files.split('\n')).not.toEqual(['']);
});

it.each(TYPES)('%s has no field for text that people wrote', (type) => {
  const schema = EVENT_FACTS[type as keyof typeof EVENT_FACTS];
  const forbidden = ['name', 'email', 'phone', 'customer', 'description', 'metadata', 'reference', 'address'];
  expect(Object.keys(schema.shape).filter((key) => forbidden.includes(key))).toEqual([]);
});
