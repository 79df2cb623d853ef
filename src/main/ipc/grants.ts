import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Inside } from '../../shared/inside.ts';

const GRANT_LIFETIME_MS = 600_000;

const paths = z.array(z.string().min(1)).min(1).max(100_000);

/** What a grant stands for. */
export interface Granted {
  readonly paths: readonly string[];
  /** Where one file lies in the file at the only path; empty for that file itself. */
  readonly inside: Inside;
}

/** Paths the user dropped or picked, each set under a token that is valid only while this process runs. */
export interface Grants {
  give(paths: readonly string[], inside?: Inside): string;
  /** The same for input from preload; null if it is not a list of paths. */
  offer(offered: unknown): string | null;
  /** Single use: taking a grant uses it up. Null if it is unknown or has expired. */
  take(grant: string): Granted | null;
}

export function createGrants(now: () => number = Date.now): Grants {
  const given = new Map<string, Granted & { readonly expiresAt: number }>();
  const give = (granted: readonly string[], inside: Inside = []) => {
    for (const [grant, { expiresAt }] of given) if (expiresAt < now()) given.delete(grant);
    const grant = randomUUID();
    given.set(grant, { paths: granted, inside, expiresAt: now() + GRANT_LIFETIME_MS });
    return grant;
  };
  return {
    give,
    offer: (offered) => {
      const parsed = paths.safeParse(offered);
      return parsed.success ? give(parsed.data) : null;
    },
    take: (grant) => {
      const found = given.get(grant);
      given.delete(grant);
      return found === undefined || found.expiresAt < now() ? null : { paths: found.paths, inside: found.inside };
    },
  };
}
