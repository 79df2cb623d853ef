import type { MarkdownIt, StateInline } from 'markdown-it';
import { endOfHost, readAddress } from './address.ts';

/** Where running text may turn into something else; the rest of it is taken at once. */
const marks = /[\n!#$%&*+\-:<=>@[\\\]^_`{}~]/g;
const addressStart = /(?:https?(?=:\/\/)|www\.)/gi;
const wordCharacter = /[a-z0-9_]/i;
const emailName = /[a-z0-9._+-]+$/i;
const longestEmailName = 64;
/** Looked at to tell whether an address begins at the end of a run of text. */
const LOOKAHEAD = 3;

/** Bare web and mail addresses become links, and end where the address ends. */
export function addAutolinks(md: MarkdownIt): void {
  md.inline.ruler.at('text', text);
  md.inline.ruler.before('text', 'address', address);
  md.inline.ruler.after('text', 'email', email);
}

/** Like the rule it replaces, but stops before an address. */
function text(state: StateInline, silent: boolean): boolean {
  marks.lastIndex = state.pos;
  const found = marks.exec(state.src)?.index ?? state.posMax;
  const end = addressIn(state.src, state.pos + 1, Math.min(found, state.posMax)) ?? Math.min(found, state.posMax);
  if (end <= state.pos) return false;
  if (!silent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

function addressIn(source: string, from: number, to: number): number | null {
  for (const { index } of source.slice(from, to + LOOKAHEAD).matchAll(addressStart)) {
    const at = from + index;
    if (at < to && !wordCharacter.test(source[at - 1] ?? '')) return at;
  }
  return null;
}

function address(state: StateInline, silent: boolean): boolean {
  const first = state.src.charCodeAt(state.pos) | 0x20;
  // Only "h" and "w" begin one.
  if ((first !== 0x68 && first !== 0x77) || state.linkLevel > 0) return false;
  if (wordCharacter.test(state.src[state.pos - 1] ?? '')) return false;
  const found = readAddress(state.src.slice(0, state.posMax), state.pos);
  if (found === null || found.end <= state.pos) return false;
  const words = state.src.slice(state.pos, found.end);
  if (!silent && found.href === null) state.pending += words;
  else if (!silent && found.href !== null) pushLink(state, state.md.normalizeLink(found.href), words);
  state.pos = found.end;
  return true;
}

function email(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '@' || state.linkLevel > 0 || silent) return false;
  const name = emailName.exec(state.pending.slice(-longestEmailName))?.[0];
  const end = endOfHost(state.src.slice(0, state.posMax), state.pos + 1);
  if (name === undefined || end === null) return false;
  const host = state.src.slice(state.pos + 1, end);
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(host)) return false;
  state.pending = state.pending.slice(0, -name.length);
  pushLink(state, `mailto:${name}@${host}`, `${name}@${host}`);
  state.pos = end;
  return true;
}

function pushLink(state: StateInline, href: string, words: string): void {
  state.push('link_open', 'a', 1).attrs = [['href', href]];
  state.push('text', '', 0).content = words;
  state.push('link_close', 'a', -1);
}
