import { describe, expect, it } from '#jest';
import { isOnlyLooking } from './preview-agents.ts';

const get = (userAgent: string | undefined, purpose?: string) =>
  isOnlyLooking({ method: 'GET', userAgent, purpose });

describe('a request that only looks', () => {
  it.each([
    'WhatsApp/2.24.6.77 A',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Twitterbot/1.0',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'TelegramBot (like TwitterBot)',
    'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  ])('is %s', (agent) => {
    expect(get(agent)).toBe(true);
  });

  it.each([
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 14; CUBOT X70) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]',
  ])('is not %s', (agent) => {
    expect(get(agent)).toBe(false);
  });

  it('is a HEAD and a browser that loads ahead, but not one that says nothing of itself', () => {
    expect(isOnlyLooking({ method: 'HEAD', userAgent: 'Mozilla/5.0', purpose: undefined })).toBe(true);
    expect(get('Mozilla/5.0', 'prefetch;prerender')).toBe(true);
    expect(get(undefined)).toBe(false);
  });
});
