import type { Env } from 'markdown-it';
import { parser } from './parser.ts';
import type { NoteNumbers } from './rules/footnotes.ts';

/** What parts of a text need to know of the whole of it. The same object as long as nothing of it changed. */
export interface Surroundings {
  readonly references: Env['references'];
  readonly notes: NoteNumbers;
}

export function createSurroundings(): (definitions: string, notes: NoteNumbers) => Surroundings {
  let known: Surroundings & { readonly definitions: string } = { references: {}, notes: new Map(), definitions: '' };
  return (definitions, notes) => {
    if (known.definitions === definitions && known.notes === notes) return known;
    const references = known.definitions === definitions ? known.references : referencesIn(definitions);
    known = { references, notes, definitions };
    return known;
  };
}

function referencesIn(definitions: string): Env['references'] {
  const env: Env = {};
  if (definitions !== '') parser().block.parse(definitions, parser(), env, []);
  return env.references ?? {};
}
