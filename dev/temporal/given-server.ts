/** The Temporal server of an environment. */
export interface TemporalChoice {
  /** False if `TEMPORAL_ADDRESS` names a server that somebody else runs. */
  isOurs: boolean;
  /** host:port. */
  address: string;
  namespace: string;
  /** Null if the UI of somebody else's server is unknown (`TEMPORAL_UI_URL`). */
  uiUrl: string | null;
}

/** The server named by `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE` and `TEMPORAL_UI_URL`, else our own on these ports. */
export const chooseTemporal = (
  ports: { temporal: number; temporalUi: number },
  env: NodeJS.ProcessEnv = process.env,
): TemporalChoice => {
  const given = env['TEMPORAL_ADDRESS'];
  if (given === undefined || given === '') {
    return {
      isOurs: true,
      address: `127.0.0.1:${ports.temporal}`,
      namespace: 'default',
      uiUrl: `http://127.0.0.1:${ports.temporalUi}`,
    };
  }
  return {
    isOurs: false,
    address: given,
    namespace: env['TEMPORAL_NAMESPACE'] ?? 'default',
    uiUrl: env['TEMPORAL_UI_URL'] ?? null,
  };
};
