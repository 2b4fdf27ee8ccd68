import { schemaText } from './docs-schema.ts';
import type { OpenApiDocument, Operation } from './openapi.ts';

/** Text made safe for HTML, as text and in quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The readable documentation: one static page without scripts or anything from elsewhere, so it works on closed networks. */
export function docsPage(document: OpenApiDocument, links: { style: string; document: string }): string {
  const groups = groupByTag(document);
  const base = document.servers?.[0]?.url ?? '';
  const { title, version, description = '' } = document.info;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${escapeHtml(links.style)}">
</head>
<body>
<nav aria-label="Areas">
<p class="product">Comptoir</p>
<ul>${[...groups.keys()].map((tag) => `<li><a href="#${slug(tag)}">${escapeHtml(tag)}</a></li>`).join('')}</ul>
</nav>
<main>
<header>
<h1>${escapeHtml(title)} <small>${escapeHtml(version)}</small></h1>
${description
  .split('\n\n')
  .map((paragraph) => `<p>${inlineCode(paragraph)}</p>`)
  .join('\n')}
<p><a href="${escapeHtml(links.document)}">OpenAPI ${escapeHtml(document.openapi)} document</a></p>
</header>
${[...groups].map(([tag, entries]) => section(document, base, tag, entries)).join('\n')}
</main>
</body>
</html>
`;
}

function inlineCode(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

const slug = (tag: string) => tag.toLowerCase().replace(/[^a-z0-9]+/g, '-');

function groupByTag({ paths = {} }: OpenApiDocument): Map<string, Entry[]> {
  const entries = Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post', 'patch', 'delete'] as const).flatMap((method) => {
      const operation: Operation | undefined = item?.[method];
      return operation ? [{ method, path, operation }] : [];
    }),
  );
  return Map.groupBy(entries, ({ operation }) => operation.tags?.[0] ?? 'Other');
}

function section(document: OpenApiDocument, base: string, tag: string, entries: readonly Entry[]): string {
  const operations = entries.map((entry) => operationHtml(document, base, entry)).join('\n');
  return `<section id="${slug(tag)}"><h2>${escapeHtml(tag)}</h2>\n${operations}\n</section>`;
}

function operationHtml(document: OpenApiDocument, base: string, { method, path, operation }: Entry): string {
  const { summary = '', parameters = [], requestBody, responses = {} } = operation;
  const parts = [
    `<p class="access">${accessText(operation['x-permission'])}</p>`,
    parameters.length > 0 ? parametersTable(document, parameters) : '',
    requestBody && 'content' in requestBody ? bodyHtml(document, 'Body', requestBody.content) : '',
    ...Object.entries(responses)
      .filter(([status]) => status.startsWith('2'))
      .map(([status, response]) =>
        'content' in response && response.content
          ? bodyHtml(document, `Answer ${status}`, response.content)
          : `<h4>Answer ${escapeHtml(status)}</h4><p>Empty.</p>`,
      ),
    errorsHtml(responses),
  ];
  return `<details id="${escapeHtml(operation.operationId ?? '')}">
<summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${escapeHtml(base + path)}</code>
<span class="what">${escapeHtml(summary)}</span></summary>
${parts.join('\n')}
</details>`;
}

function accessText(permission: string | undefined): string {
  if (permission === 'public') return 'Open to everyone.';
  if (permission === 'signed_in') return 'For any signed-in member of staff or API key.';
  return `Needs the permission <code>${escapeHtml(permission ?? '')}</code>.`;
}

function parametersTable(document: OpenApiDocument, parameters: NonNullable<Operation['parameters']>): string {
  const rows = parameters.map((parameter) => {
    if ('$ref' in parameter) return '';
    const { name, in: place, required, schema } = parameter;
    const type = escapeHtml(schemaText(document, schema ?? {}));
    return `<tr><td><code>${escapeHtml(name)}</code>${required ? ' *' : ''}</td><td>${escapeHtml(place)}</td><td><pre>${type}</pre></td></tr>`;
  });
  return `<h4>Parameters</h4><table><tbody>${rows.join('')}</tbody></table>`;
}

function bodyHtml(document: OpenApiDocument, title: string, content: Record<string, { schema?: object }>): string {
  const types = Object.keys(content).join(', ');
  const [media] = Object.values(content);
  const text = escapeHtml(schemaText(document, media?.schema ?? {}));
  return `<h4>${escapeHtml(title)} <small>${escapeHtml(types)}</small></h4><pre>${text}</pre>`;
}

/** The codes an operation may fail with, by status. */
function errorsHtml(responses: NonNullable<Operation['responses']>): string {
  const rows = Object.entries(responses)
    .filter(([status]) => !status.startsWith('2'))
    .map(([status, response]) => {
      const codes = [...JSON.stringify(response).matchAll(/"code":\{"const":"([a-z_]+)"\}/g)].map(([, code]) => code);
      return `<tr><td>${escapeHtml(status)}</td><td>${codes.map((code) => `<code>${code}</code>`).join(' ')}</td></tr>`;
    });
  return `<h4>Errors</h4><table><tbody>${rows.join('')}</tbody></table>`;
}
