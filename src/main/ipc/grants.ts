import { randomUUID } from 'node:crypto';

const GRANT_LIFETIME_MS = 600_000;

/** Paths that the user dropped or picked, under a name that only this start of the app understands. */
export interface Grants {
  give(paths: readonly string[]): string;
  /** Once: a grant is used up by its first use. Null when it is unknown or too old. */
  take(grant: string): readonly string[] | null;
}

export function createGrants(now: () => number = Date.now): Grants {
  const given = new Map<string, { readonly paths: readonly string[]; readonly expiresAt: number }>();
  return {
    give: (paths) => {
      for (const [grant, { expiresAt }] of given) if (expiresAt < now()) given.delete(grant);
      const grant = randomUUID();
      given.set(grant, { paths, expiresAt: now() + GRANT_LIFETIME_MS });
      return grant;
    },
    take: (grant) => {
      const found = given.get(grant);
      given.delete(grant);
      return found === undefined || found.expiresAt < now() ? null : found.paths;
    },
  };
}
