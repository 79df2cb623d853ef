import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

/** Throws unless the request may be answered. */
export type Admission = (request: IncomingMessage) => void;

/**
 * Only Docket itself gets in: no page of a browser (`Origin`, or a foreign name that was made to resolve to
 * this machine), and no other program, which does not know the token.
 */
export function admissionFor(token: string, port: number): Admission {
  const expected = digest(`Bearer ${token}`);
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  return (request) => {
    if (!hosts.has(request.headers.host ?? '')) {
      throw new HttpError(403, 'host_refused', 'The built-in text engine is reached by 127.0.0.1 only.');
    }
    if (request.headers.origin !== undefined) {
      throw new HttpError(403, 'origin_refused', 'The built-in text engine answers no web page.');
    }
    // Digests have the same length, so that the time to compare tells nothing.
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      throw new HttpError(401, 'invalid_api_key', 'The token of the built-in text engine is missing or wrong.');
    }
  };
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
