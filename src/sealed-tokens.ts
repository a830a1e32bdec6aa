import { placeIn } from './sealed-places.ts';
import type { Secrets } from './secrets.ts';

/** Tokens of the tax authority as they came, with how long each is good. */
export interface PlainTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
}

const placeOf = (kind: 'access_token' | 'refresh_token', workspaceId: string) =>
  placeIn(`tax_authority_connections.${kind}`, workspaceId);

/** Seals the tokens of a workspace for its row in `tax_authority_connections`. */
export function sealTokens(secrets: Secrets, workspaceId: string, tokens: PlainTokens) {
  const { accessToken, refreshToken, accessSeconds, refreshSeconds } = tokens;
  return {
    accessTokenSealed: secrets.seal(placeOf('access_token', workspaceId), accessToken),
    refreshTokenSealed: secrets.seal(placeOf('refresh_token', workspaceId), refreshToken),
    accessSeconds,
    refreshSeconds,
  };
}

/** @throws Error if the value was changed or moved */
export function openToken(
  secrets: Secrets,
  workspaceId: string,
  kind: 'access_token' | 'refresh_token',
  sealed: Buffer,
): string {
  return secrets.open(placeOf(kind, workspaceId), sealed).toString();
}
