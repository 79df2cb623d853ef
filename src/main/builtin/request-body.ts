import type { IncomingMessage } from 'node:http';
import { badRequest, HttpError } from './http-error.ts';

/** The client closed the connection before its request was complete, so there is nobody to answer. */
export class ClientGone extends Error {}

/**
 * Reads a JSON body of at most `maxBytes`. A larger one is refused before reading if the client declares its length.
 */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Not `for await`: leaving that loop early destroys the request, and then it could not be answered.
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) reject(tooLarge(maxBytes));
      else chunks.push(chunk);
    });
    request.on('end', resolve);
    request.on('error', () => reject(new ClientGone()));
    request.on('close', () => reject(new ClientGone()));
  });
  return parse(Buffer.concat(chunks));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw badRequest('The request body is not valid JSON in UTF-8.');
  }
}

function tooLarge(maxBytes: number): HttpError {
  const limit = Math.floor(maxBytes / (1024 * 1024));
  return new HttpError(413, 'request_too_large', `The built-in text engine accepts requests of up to ${limit} MB.`);
}
