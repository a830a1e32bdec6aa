import { createHash } from 'node:crypto';

/** The style sheet of the pages: for phones first, without outside fonts or pictures. */
export const STYLE = `
:root{--ink:#14181c;--soft:#56626c;--line:#e3e7ea;--paper:#fff;--ground:#f3f5f6;--accent:#0f5c66;--good:#17784b;--wait:#8a5a00;--over:#5f6b75;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ink:#eef1f3;--soft:#a9b4bc;--line:#333c43;--paper:#1b2126;--ground:#11161a;--accent:#5cc0cb;--good:#58c793;--wait:#e3b355;--over:#a9b4bc}}
*{box-sizing:border-box;margin:0}
body{min-height:100vh;min-height:100svh;display:flex;align-items:center;justify-content:center;padding:24px 16px;background:var(--ground);color:var(--ink);font:400 17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans Hebrew",Arial,sans-serif;-webkit-text-size-adjust:100%}
main{width:100%;max-width:400px;background:var(--paper);border:1px solid var(--line);border-radius:20px;padding:28px 24px;text-align:center;overflow-wrap:anywhere}
.logo{display:block;max-width:160px;max-height:64px;margin:0 auto 12px}
.business{font-size:15px;font-weight:600;color:var(--soft)}
.sign{width:64px;height:64px;margin:20px auto 16px;display:block;fill:none;stroke:currentColor;stroke-width:2.5;stroke-linecap:round;stroke-linejoin:round}
.good{color:var(--good)}.wait{color:var(--wait)}.over{color:var(--over)}.pay{color:var(--accent)}
.sign circle{fill:currentColor;fill-opacity:.1;stroke:none}
h1{font-size:25px;line-height:1.25;font-weight:700;text-wrap:balance}
h1+p{margin-top:8px;color:var(--soft);text-wrap:pretty}
.sum{margin-top:22px;padding:14px 18px;border-radius:14px;background:var(--ground);display:flex;align-items:center;justify-content:space-between;gap:16px;text-align:start}
.sum span bdi{display:block}
.sum span{color:var(--soft);font-size:14px;line-height:1.35}
.sum b{font-size:24px;font-weight:700;font-variant-numeric:tabular-nums;white-space:nowrap}
.button{display:block;margin-top:18px;padding:15px;border-radius:14px;background:var(--accent);color:var(--paper);font-weight:600;font-size:18px;text-decoration:none}
.button:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
.other{margin-top:24px;padding-top:20px;border-top:1px solid var(--line)}
h2{font-size:16px;font-weight:600}
h2+p{font-size:15px;color:var(--soft);text-wrap:pretty}
.test{display:inline-block;margin-top:10px;padding:2px 12px;border:1px dashed var(--wait);border-radius:99px;color:var(--wait);font-size:13px}
`;

/** A page runs, frames and sends nothing, and loads the logo alone. Its only style sheet is named by its hash. */
export const PAGE_POLICY = `default-src 'none'; img-src 'self'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
