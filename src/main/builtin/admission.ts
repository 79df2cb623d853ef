import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';

/** Throws unless the request is allowed. */
export type Admission = (request: IncomingMessage) => void;

/**
 * Admits only Docket itself: no web page in a browser (`Origin`, or DNS rebinding to this machine), and no other
 * program, since none knows the token.
 */
export function admissionFor(token: string, port: number): Admission {
  const expected = digest(`Bearer ${token}`);
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  return (request) => {
    if (!hosts.has(request.headers.host ?? '')) {
      throw new HttpError(403, 'host_refused', 'The built-in text engine can only be reached at 127.0.0.1.');
    }
    if (request.headers.origin !== undefined) {
      throw new HttpError(403, 'origin_refused', 'The built-in text engine does not answer web pages.');
    }
    // Digests have equal length, so the comparison time reveals nothing.
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      throw new HttpError(401, 'invalid_api_key', 'The token of the built-in text engine is missing or wrong.');
    }
  };
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
