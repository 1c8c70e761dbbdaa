import { styleNoncePlace } from '../core/renderer/content-policy.ts';

/** Shown to a browser that has neither the link's token nor the cookie. */
export const refusalPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>ChordMe</title>
    <style nonce="${styleNoncePlace}">
      body { font: 18px/1.5 system-ui, sans-serif; max-width: 32em; margin: 20vh auto 0; padding: 0 24px; color: #292524; background: #fafaf9; }
      @media (prefers-color-scheme: dark) { body { color: #e7e5e4; background: #1c1917; } }
    </style>
  </head>
  <body>
    <main>
      <h1>Open ChordMe again</h1>
      <p>This page belongs to a start of ChordMe that is over, or its link was used already. Your songs are safe.</p>
      <p>Start ChordMe again: it opens here, even while it runs.</p>
    </main>
  </body>
</html>
`;
