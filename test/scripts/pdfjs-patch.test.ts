import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { patchPdfjs, pdfjsChanges } from '../../scripts/setup/pdfjs-patch.mjs';

const folder = mkdtempSync(join(tmpdir(), 'docket-pdfjs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const original = pdfjsChanges.map(([text]) => text).join('\n');
const changed = pdfjsChanges.map(([, text]) => text).join('\n');

function installed(name: string, source: string): string {
  const file = join(folder, name);
  writeFileSync(file, source);
  return file;
}

describe('the changes to pdf.js', () => {
  it('are made once, however often set-up runs', () => {
    const file = installed('once.mjs', original);
    patchPdfjs(file);
    expect(readFileSync(file, 'utf8')).toBe(changed);
    patchPdfjs(file);
    expect(readFileSync(file, 'utf8')).toBe(changed);
  });

  it('are made anew when they have become others since', () => {
    const file = installed('older.mjs', changed.slice(0, -40));
    writeFileSync(`${file}.original`, original);
    patchPdfjs(file);
    expect(readFileSync(file, 'utf8')).toBe(changed);
  });

  it('stop set-up where pdf.js is of another version', () => {
    const file = installed('other.mjs', 'export const version = "7.0.0";');
    expect(() => patchPdfjs(file)).toThrow(/differs from the one that Docket changes.*Delete the folder node_modules/);
  });
});
