/**
 * The published shape of a chat completion request, as a validator. The schema file beside this one names
 * the specification and the version that it was distilled from.
 */
import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject, type ErrorObject } from 'ajv/dist/2020.js';

/** JSON Schema 2020-12 of `CreateChatCompletionRequest`. */
export const openaiRequestSchema: AnySchemaObject = JSON.parse(
  readFileSync(new URL('./openai-request-schema.json', import.meta.url), 'utf8'),
);

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, discriminator: true }).compile(
  openaiRequestSchema,
);

/** What is wrong with a request body by OpenAI's published schema: one sentence each, none when it is valid. */
export function findRequestErrors(body: unknown): readonly string[] {
  return validate(body) ? [] : (validate.errors ?? []).map(describeError);
}

function describeError({ instancePath, message, params }: ErrorObject): string {
  const where = instancePath === '' ? 'request' : instancePath.slice(1).replaceAll('/', '.');
  const extra: unknown = params.additionalProperty ?? params.allowedValues;
  return `${where} ${message ?? 'is invalid'}${extra === undefined ? '' : ` (${String(extra)})`}`;
}
