/** Programs that open a link to show what is behind it. None of them pays. */
const PREVIEW_AGENTS =
  /whatsapp|facebookexternalhit|facebookcatalog|meta-external|twitterbot|slackbot|slack-imgproxy|telegrambot|discordbot|linkedinbot|skypeuripreview|viber|pinterest|redditbot|googlebot|google-inspectiontool|googleimageproxy|google-safety|bingbot|bingpreview|applebot|yandex(bot|images)|duckduckbot|baiduspider|embedly|mattermost|outbrain|\bbot\b|crawler|spider|preview|headlesschrome\/.*lighthouse/i;

/** Whether a request only looks: HEAD, a link preview, a crawler, or a browser that loads ahead of its user. */
export function isOnlyLooking(request: {
  method: string;
  userAgent: string | undefined;
  /** `Sec-Purpose` or the older `Purpose`. */
  purpose: string | undefined;
}): boolean {
  return (
    request.method === 'HEAD' ||
    PREVIEW_AGENTS.test(request.userAgent ?? '') ||
    /prefetch|preview/i.test(request.purpose ?? '')
  );
}
