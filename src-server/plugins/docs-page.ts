import type { Operation } from '../../shared/api/operation.ts';
import { apiPrefix, operations } from '../../shared/api/operations.ts';
import { faults } from '../../shared/base/errors.ts';
import { z } from 'zod';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (raw: string) => raw.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
const schemaText = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return text(JSON.stringify(rest, null, 2));
};

function section(name: string, row: Operation): string {
  return `<details id="${name}"><summary><code class="method">${row.method}</code> <code>${text(apiPrefix + row.path)}</code> <span>${text(row.summary)}</span></summary>
<dl><dt>Name</dt><dd><code>${name}</code></dd><dt>Who</dt><dd>${row.gate}</dd><dt>Rate</dt><dd>${row.rate.max} in ${row.rate.windowMs / 1000} s</dd></dl>
<h3>Input</h3><pre>${schemaText(row.input, 'input')}</pre>
<h3>Output (${row.status})</h3>${row.status === 204 ? '<p>No content.</p>' : `<pre>${schemaText(row.output, 'output')}</pre>`}</details>`;
}

/** The API for people, one page without scripts, so that it needs nothing from elsewhere. */
export function buildDocsPage(name: string): string {
  const rows = Object.entries(operations) as [string, Operation][];
  const refusals = Object.entries(faults).map(
    ([code, row]) =>
      `<tr><td><code>${code}</code></td><td>${row.http}</td><td>${row.close}</td><td>${row.retry}</td><td>${text(row.title)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text(name)}: API</title>
<link rel="stylesheet" href="/docs/docs.css"></head><body><main>
<h1>${text(name)}: the authority's API</h1>
<p>JSON below <code>${apiPrefix}</code>; as a document: <a href="${apiPrefix}/openapi.json">OpenAPI 3.1</a>.
Send <code>Authorization: Bearer …</code> with the access token of <a href="#login">login</a>.</p>
<h2>Operations</h2>
${rows.map(([operationName, row]) => section(operationName, row)).join('\n')}
<h2>Refusals</h2>
<table><thead><tr><th>code</th><th>HTTP</th><th>socket close</th><th>try again</th><th>meaning</th></tr></thead>
<tbody>${refusals.join('\n')}</tbody></table>
</main></body></html>
`;
}

export const docsStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
summary { cursor: pointer; padding: .4rem 0; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
pre { overflow: auto; padding: 1rem; border: 1px solid #8886; border-radius: 6px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884; }
`;
