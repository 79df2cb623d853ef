/** The tokens pass WCAG AA in both themes. Reads the file itself, so it is no test of the page's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
type Tokens = ReadonlyMap<string, Colour>;

const css = readFileSync(join(import.meta.dirname, '../src/renderer/src/ui/tokens.css'), 'utf8');

function parse(hex: string): Colour {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5), hex.length > 7 ? part(7) / 255 : 1];
}

function tokensOf(theme: 'light' | 'dark'): Tokens {
  const tokens = new Map<string, Colour>();
  for (const [, name = '', value = ''] of css.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
    const [light, dark = light] = value.match(/#[0-9a-f]{6,8}\b/g) ?? [];
    const hex = theme === 'light' ? light : dark;
    if (hex !== undefined && !name.startsWith('shadow')) tokens.set(name, parse(hex));
  }
  return tokens;
}

function colour(tokens: Tokens, name: string): Colour {
  const found = tokens.get(name);
  if (found === undefined) throw new Error(`tokens.css has no --${name}`);
  return found;
}

function over([red, green, blue, alpha]: Colour, [baseRed, baseGreen, baseBlue]: Colour): Colour {
  const mix = (top: number, base: number) => top * alpha + base * (1 - alpha);
  return [mix(red, baseRed), mix(green, baseGreen), mix(blue, baseBlue), 1];
}

function luminance([red, green, blue]: Colour): number {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('contrast of the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const of = (name: string) => colour(tokens, name);
  const surfaces: readonly (readonly [string, Colour])[] = [
    ...['bg', 'bg-side', 'bg-raised', 'bg-raised-hover', 'bg-inset', 'bg-selected'].map(
      (name) => [name, of(name)] as const,
    ),
    ...['bg', 'bg-side'].flatMap((base) =>
      ['bg-hover', 'bg-press'].map((tint) => [`${tint} over ${base}`, over(of(tint), of(base))] as const),
    ),
  ];

  it.each(['text', 'text-2', 'text-3', 'accent', 'red', 'amber', 'green'])('%s reads on every surface', (name) => {
    for (const [surface, base] of surfaces)
      expect(contrast(of(name), base), `on ${surface}`).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['red', 'amber', 'green', 'accent'])('text reads on soft %s', (name) => {
    for (const text of [name, 'text', 'text-2', 'text-3']) {
      expect(contrast(of(text), of(`${name}-soft`)), text).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('a marked passage reads', () => {
    expect(contrast(of('text'), of('mark'))).toBeGreaterThanOrEqual(7);
    expect(contrast(of('on-mark-current'), of('mark-current'))).toBeGreaterThanOrEqual(7);
    // The one that is gone to is told from the others.
    expect(contrast(of('mark-current'), of('mark'))).toBeGreaterThanOrEqual(1.4);
  });

  it('code reads in every colour', () => {
    for (const part of ['keyword', 'string', 'number', 'title', 'comment']) {
      expect(contrast(of(`code-${part}`), of('bg-inset')), part).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['accent-fill', 'accent-fill-hover', 'red-fill', 'red-fill-hover'])('a label reads on %s', (name) => {
    expect(contrast(of('on-accent'), of(name))).toBeGreaterThanOrEqual(4.5);
  });

  it('controls and the focus stand out', () => {
    for (const name of ['line-control', 'focus']) {
      for (const base of ['bg', 'bg-side', 'bg-raised'])
        expect(contrast(of(name), of(base)), `${name} on ${base}`).toBeGreaterThanOrEqual(3);
    }
  });
});
