import type { OpenApiDocument } from './openapi.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly contentMediaType?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** How deep objects are written out; named shapes inside others appear by their name. */
const DEEPEST = 6;

/** A JSON schema as people read types: `{ id: integer, name?: string }`. The outermost reference is written out. */
export function schemaText(document: OpenApiDocument, schema: object): string {
  return write(resolve(document, schema), 0);
}

function resolve(document: OpenApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  const found = name === undefined ? undefined : document.components?.schemas?.[name];
  return (found as Schema | undefined) ?? schema;
}

function write(schema: Schema, depth: number): string {
  const { $ref, anyOf, oneOf, allOf } = schema;
  if ($ref) return $ref.split('/').at(-1) ?? 'object';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = anyOf ?? oneOf;
  if (choices) return [...new Set(choices.map((choice) => write(choice, depth)))].join(' | ');
  if (allOf) return allOf.map((part) => write(part, depth)).join(' & ');
  if (schema.type === 'array') return `${bracketed(write(schema.items ?? {}, depth))}[]`;
  if (schema.properties) return writeObject(schema, depth);
  if (schema.additionalProperties && typeof schema.additionalProperties === 'object') {
    return `{ [name]: ${write(schema.additionalProperties, depth)} }`;
  }
  return scalar(schema);
}

const bracketed = (text: string) => (text.includes(' | ') && !text.startsWith('{') ? `(${text})` : text);

function writeObject({ properties = {}, required = [] }: Schema, depth: number): string {
  if (depth >= DEEPEST) return 'object';
  const indent = '  '.repeat(depth + 1);
  const lines = Object.entries(properties).map(
    ([name, property]) => `${indent}${name}${required.includes(name) ? '' : '?'}: ${write(property, depth + 1)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

function scalar({ type, format, contentMediaType }: Schema): string {
  if (contentMediaType) return 'file';
  const name = Array.isArray(type) ? type.join(' | ') : (type ?? 'any');
  return format ? `${name} (${format})` : String(name);
}
