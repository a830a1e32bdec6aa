import { describe, expect, it } from '#jest';
import { archiveUrl } from './download.ts';
import { createBuildCount, readGoVersion } from './build.ts';
import { chooseTemporal } from './given-server.ts';
import { isAtLeast, isRecentEnough, readVersion } from './version.ts';

describe('Temporal versions', () => {
  it.each([
    ['temporal version 1.4.0 (Server 1.28.0, UI 2.39.0)', true],
    ['temporal version 1.3.9 (Server 1.27.2, UI 2.34.0)', false],
    ['temporal version 1.10.0 (Server 1.35.0, UI 2.50.0)', true],
    ['temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)', true],
    ['temporal version 0.0.0-DEV (Server 1.27.0, UI 2.42.1)', false],
  ])('%s: recent enough is %s', (text, isRecent) => {
    const version = readVersion(text);
    expect(version !== undefined && isRecentEnough(version)).toBe(isRecent);
  });

  it('another program that is called temporal is none', () => {
    expect(readVersion('temporal 1.9 of something else')).toBeUndefined();
  });

  it('compares number by number, not letter by letter', () => {
    expect(isAtLeast('1.26.8', '1.25')).toBe(true);
    expect(isAtLeast('1.9', '1.25')).toBe(false);
    expect(isAtLeast('1.25', '1.25.0')).toBe(true);
  });

  it("reads Go's version", () => {
    expect(readGoVersion('go version go1.26.8 linux/amd64')).toBe('1.26.8');
  });

  it('names the archive of this kind of machine, and none where there is none', () => {
    expect(archiveUrl('darwin', 'arm64')).toBe(
      'https://temporal.download/cli/archive/v1.5.1?platform=darwin&arch=arm64',
    );
    expect(archiveUrl('linux', 'ppc64')).toBeUndefined();
  });

  it('counts what a build downloads and compiles', () => {
    const count = createBuildCount();
    for (const line of ['go: downloading a v1', 'go: downloading b v2', 'internal/abi', 'go: finding x'])
      count.read(line);
    expect(count.describe()).toMatch(/2 modules downloaded, 1 packages compiled$/);
  });

  it('a server named by TEMPORAL_ADDRESS is used and not started', () => {
    const ports = { temporal: 7233, temporalUi: 8233 };
    expect(chooseTemporal(ports, { TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: 'pay' })).toEqual({
      isOurs: false,
      address: 'temporal:7233',
      namespace: 'pay',
      uiUrl: null,
    });
    expect(chooseTemporal(ports, { TEMPORAL_ADDRESS: '' })).toMatchObject({
      isOurs: true,
      address: '127.0.0.1:7233',
    });
  });
});
