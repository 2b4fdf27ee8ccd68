import { STATUS_CODES } from 'node:http';
import type { OpenAPI } from '@orpc/contract';
import { type JSONSchema, OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { RouteMeta } from '#core/contract/base.ts';
import { centralContract } from '#core/contract/central.ts';
import { activitySchema, contactSchema, customerSchema, siteSchema } from '#core/domain/customer.ts';
import { heldBySchema, itemSchema, reservationSchema } from '#core/domain/inventory.ts';
import { moneySchema } from '#core/domain/money.ts';
import { productSchema } from '#core/domain/product.ts';
import { jobSchema, orderSchema, taskSchema } from '#core/domain/provisioning.ts';
import { balanceSchema, serviceSchema } from '#core/domain/service.ts';
import { staffUserSchema } from '#core/domain/user.ts';

export type OpenApiDocument = OpenAPI.Document;
export type Operation = OpenAPI.OperationObject & { 'x-permission'?: string };

/** Shapes that many routes speak of; named once in the document. */
const named = {
  Money: moneySchema,
  Customer: customerSchema,
  Contact: contactSchema,
  Site: siteSchema,
  Activity: activitySchema,
  Product: productSchema,
  Item: itemSchema,
  HeldBy: heldBySchema,
  Reservation: reservationSchema,
  Order: orderSchema,
  Job: jobSchema,
  Task: taskSchema,
  Service: serviceSchema,
  Balance: balanceSchema,
  StaffUser: staffUserSchema,
};

const description = `Central is the system of record of a telecom operator's shops.

Amounts are integer minor units with an ISO 4217 currency; times are UTC. A POST that changes something takes an
\`Idempotency-Key\` header (up to 200 printable characters): the same key with the same body gives the first answer
again, with another body 409 \`idempotency_key_reused\`. Lists take \`limit\` and \`cursor\` and give \`items\` and
\`nextCursor\`. Errors have a stable \`code\`; their \`message\` is for developers.`;

const securitySchemes = {
  staff: {
    type: 'http' as const,
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of POST /auth/login.',
  },
  program: { type: 'apiKey' as const, in: 'header' as const, name: 'x-api-key' },
  desk: {
    type: 'apiKey' as const,
    in: 'header' as const,
    name: 'x-comptoir-desk',
    description: 'The credential of an enrolled desk. Beside a staff token it says at which desk the person stands.',
  },
};

/** The OpenAPI 3.1 document of the routes that this central serves, with the demo's only when it is one. */
export async function generateOpenApi(version: string, basePath: string, demo: boolean): Promise<OpenApiDocument> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const schemas = Object.entries(named).map(([name, schema]) => [name, { schema, strategy: 'output' as const }]);
  const document = await generator.generate(centralContract, {
    filter: ({ path }) => demo || path[0] !== 'demo',
    info: { title: 'Comptoir central', version, description },
    servers: [{ url: basePath }],
    components: { securitySchemes },
    commonSchemas: Object.fromEntries(schemas),
    customErrorResponseBodySchema: errorBody,
  });
  for (const { route, meta } of routesOf(centralContract)) describeRoute(document, route, meta);
  return document;
}

type DefinedError = [code: string, message: string, dataRequired: boolean, data: JSONSchema];

/** One error body per code of a status. */
function errorBody(errors: DefinedError[], status: number): JSONSchema {
  const bodies = errors.map(([code, message, dataRequired, data]) => ({
    type: 'object' as const,
    description: message,
    properties: {
      defined: { const: true },
      code: { const: code },
      status: { const: status },
      message: { type: 'string' as const },
      data,
    },
    required: ['code', 'message', 'status', 'defined', ...(dataRequired ? ['data'] : [])],
  }));
  return bodies.length === 1 && bodies[0] ? bodies[0] : { oneOf: bodies };
}

interface ContractRoute {
  readonly route: { readonly method?: string; readonly path?: string };
  readonly meta: RouteMeta;
}

/** Every route of a contract, in its order. */
export function routesOf(contract: object): ContractRoute[] {
  if ('~orpc' in contract) return [contract['~orpc'] as ContractRoute];
  return Object.values(contract).flatMap((node) => routesOf(node));
}

function securityOf(access: RouteMeta['access']): Record<string, string[]>[] {
  if (access === 'public') return [];
  return access === 'desk' ? [{ desk: [] }] : [{ staff: [] }, { program: [] }];
}

function describeRoute({ paths = {} }: OpenApiDocument, route: ContractRoute['route'], meta: RouteMeta): void {
  const method = (route.method ?? 'POST').toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
  const operation: Operation | undefined = paths[route.path ?? '']?.[method];
  if (!operation) return;
  operation.security = securityOf(meta.access);
  operation['x-permission'] = meta.access;
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    if (!('$ref' in response)) response.description = STATUS_CODES[status] ?? status;
  }
  if (!meta.command || meta.keyless) return;
  const schema = { type: 'string' as const, minLength: 1, maxLength: 200 };
  const header = { name: 'Idempotency-Key', in: 'header' as const, required: true, schema };
  operation.parameters = [...(operation.parameters ?? []), header];
}
