/** Stores that earlier versions wrote, as `write-store-fixture.ts` made them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { storeFile } from '../../src/main/store/store.ts';

export function storeFixture(version: number): string {
  return fileURLToPath(new URL(`../fixtures/stores/version-${version}.db.gz`, import.meta.url));
}

/** Puts the store of a version into a data folder. */
export function putStoreFixture(version: number, dataDir: string): void {
  writeFileSync(storeFile(dataDir), gunzipSync(readFileSync(storeFixture(version))));
}
