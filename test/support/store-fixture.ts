/** Stores that earlier versions wrote, as `write-store-fixture.ts` made them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export function storeFixture(version: number): string {
  return fileURLToPath(new URL(`../fixtures/stores/version-${version}.db.gz`, import.meta.url));
}

/** Puts the store of a version into a data folder. */
export function putStoreFixture(version: number, dataDir: string): void {
  writeFileSync(join(dataDir, 'docket.db'), gunzipSync(readFileSync(storeFixture(version))));
}
