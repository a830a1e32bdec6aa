/**
 * Programs that open a link to preview it; none of them pays. Names that a browser inside an app also contains count
 * only at the start of the text. A Cubot is a phone.
 */
const PREVIEW_AGENTS = [
  /^(whatsapp|viber|skype|facebook)/i,
  /facebookexternalhit|facebookcatalog|meta-external|skypeuripreview|slack-imgproxy|google-inspectiontool/i,
  /googleimageproxy|mediapartners-google|baiduspider|embedly|bingpreview|bitlybot|mattermost|microsoft office/i,
  /(?<!cu)bot\b|crawler|spider|link ?preview/i,
];

/** Whether a request does not come from a payer: HEAD, a link preview, a crawler, or a prefetching browser. */
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
