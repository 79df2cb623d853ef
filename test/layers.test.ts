/** Reads the sheets themselves, so it is no test of the page's. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../src/renderer/src/ui');
const sheets = readdirSync(folder).filter((name) => name.endsWith('.module.css'));

/** Without comments and what stands within braces. */
function outermost(css: string): string {
  let text = css.replaceAll(/\/\*.*?\*\//gs, '');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replaceAll(/\{[^{}]*\}/g, '');
  }
  return text.trim();
}

it('has widgets to look at', () => {
  expect(sheets.length).toBeGreaterThan(20);
});

it.each(sheets)('%s leaves the last word to the surfaces', (name) => {
  expect(outermost(readFileSync(join(folder, name), 'utf8'))).toBe('@layer ui');
});

it('puts the layers in order before any sheet has rules', () => {
  const css = readFileSync(join(folder, 'tokens.css'), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
  expect(css.trim().startsWith('@layer base, ui;')).toBe(true);
});
