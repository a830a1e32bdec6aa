/**
 * Programs that open a link to show what is behind it; none of them pays. Those whose name a browser inside the app
 * also carries count only at the start, and a Cubot is a telephone.
 */
const PREVIEW_AGENTS = [
  /^(whatsapp|viber|skype|facebook)/i,
  /facebookexternalhit|facebookcatalog|meta-external|skypeuripreview|slack-imgproxy|google-inspectiontool/i,
  /googleimageproxy|mediapartners-google|baiduspider|embedly|bingpreview|bitlybot|mattermost|microsoft office/i,
  /(?<!cu)bot\b|crawler|spider|link ?preview/i,
];

/** Whether a request only looks: HEAD, a link preview, a crawler, or a browser that loads ahead of its user. */
export function isOnlyLooking(request: {
  method: string;
  userAgent: string | undefined;
  /** `Sec-Purpose` or the older `Purpose`. */
  purpose: string | undefined;
}): boolean {
  const agent = request.userAgent ?? '';
  return (
    request.method === 'HEAD' ||
    PREVIEW_AGENTS.some((pattern) => pattern.test(agent)) ||
    /prefetch|preview/i.test(request.purpose ?? '')
  );
}
