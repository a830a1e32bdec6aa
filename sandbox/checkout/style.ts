/** The page's only style sheet: one column, made for a phone, the same in both writing directions. */
export const STYLE = `
  :root { --ink: #16202e; --soft: #5d6b7e; --line: #e3e8ef; --accent: #1c5cff; --bit: #003b4d; --paper: #fff; --back: #eef2f8; }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, 'Segoe UI', Roboto, Arial, sans-serif; display: flex; justify-content: center; align-items: flex-start; }
  main { width: 100%; max-width: 26rem; margin: 0 1rem 1rem; }
  @media (min-width: 40rem) { main { margin-top: 8vh; } }
  .card { background: var(--paper); border-radius: 18px; box-shadow: 0 10px 30px rgb(22 32 46 / 8%); overflow: hidden; margin-top: 1rem; }
  header { padding: 1.5rem 1.5rem 1.25rem; border-bottom: 1px solid var(--line); display: flex; align-items: center; gap: .875rem; }
  .mark { flex: none; width: 44px; height: 44px; border-radius: 13px; background: var(--accent); color: #fff; display: grid; place-items: center; font-weight: 700; font-size: 1.2rem; }
  .quiet { color: var(--soft); font-size: .875rem; margin: 0; }
  .name { font-weight: 650; font-size: 1.0625rem; margin: 0; }
  .sum { padding: 1.5rem; text-align: center; }
  .amount { font-size: 2.5rem; font-weight: 700; letter-spacing: -.02em; margin: .125rem 0 0; font-variant-numeric: tabular-nums; }
  .what { margin: .5rem 0 0; overflow-wrap: anywhere; }
  form { padding: 0 1.5rem 1.5rem; display: grid; gap: .75rem; }
  button, select, input { font: inherit; width: 100%; min-height: 52px; border-radius: 13px; border: 1px solid var(--line); background: var(--paper); color: var(--ink); padding: 0 1rem; }
  select { appearance: none; background: var(--paper) url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='14' height='9' fill='none' stroke='%235d6b7e' stroke-width='2'%3E%3Cpath d='m1 1 6 6 6-6'/%3E%3C/svg%3E") no-repeat right 1rem center; }
  [dir='rtl'] select { background-position: left 1rem center; }
  button { cursor: pointer; font-weight: 600; }
  button.pay { background: var(--accent); border-color: var(--accent); color: #fff; }
  button.pay.bit { background: var(--bit); border-color: var(--bit); }
  button:hover { filter: brightness(1.06); }
  button:focus-visible, select:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid #9dbbff; outline-offset: 2px; }
  button[disabled] { opacity: .55; cursor: default; }
  .less { min-height: 40px; border: 0; background: none; font-weight: 500; font-size: .9375rem; color: var(--soft); text-decoration: underline; text-underline-offset: 3px; }
  .pair { display: grid; gap: 0; }
  label { display: grid; gap: .25rem; font-size: .875rem; color: var(--soft); }
  details, details label { display: grid; gap: .25rem; }
  summary { cursor: pointer; font-size: .875rem; color: var(--soft); min-height: 32px; }
  .notice { margin: 0 1.5rem 1rem; padding: .75rem 1rem; border-radius: 13px; background: #fdecec; color: #94201c; }
  .end { padding: 2.25rem 1.5rem 2.5rem; text-align: center; }
  .sign { width: 64px; height: 64px; border-radius: 50%; margin: 0 auto 1rem; display: grid; place-items: center; font-size: 1.75rem; background: #e8edf5; color: var(--soft); }
  .sign.good { background: #e2f6e9; color: #16803c; }
  .end h1 { font-size: 1.375rem; margin: 0 0 .375rem; }
  .foot { text-align: center; margin: 1rem 0; color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; }
`;
