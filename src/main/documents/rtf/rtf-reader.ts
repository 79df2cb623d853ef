import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { EmbeddedPictures } from '../drawings/embedded-pictures.ts';
import { type Destination, destinationOf, isShell } from './destinations.ts';
import { createRtfFields } from './fields.ts';
import { createRtfFound } from './found.ts';
import { createFrames, isFrame, type OnFrame } from './frames.ts';
import { createGroupTexts } from './group-texts.ts';
import { createGroups, type Groups } from './groups.ts';
import { createHeldBytes } from './held-bytes.ts';
import { createPicture } from './picture.ts';
import { signs } from './signs.ts';
import { changedBy, type State } from './states.ts';
import { createStoryWriter } from './story-writer.ts';
import { createRtfTables, type RtfTables } from './tables.ts';
import type { RtfHandlers } from './tokens.ts';

const encodingWords: ReadonlyMap<string, number> = new Map([
  ['mac', 10_000],
  ['pc', 437],
  ['pca', 850],
]);
/** Written in hexadecimal they end a paragraph. */
const [LINE_FEED, RETURN] = [0x0a, 0x0d];

/** What short texts are for. */
const saysSomething: ReadonlySet<Destination> = new Set([
  'mark',
  'objectClass',
  'shapeName',
  'shapeValue',
  'formEntry',
  'author',
  'levelText',
]);

/** Follows the groups of a file and hands each text to the story it belongs to, and its pictures to `pictures`. */
export function createRtfReader(file: Buffer, pictures: EmbeddedPictures, onFrame: OnFrame) {
  const found = createRtfFound();
  const groups = createGroups();
  const body = groups.state().frame;
  const content = createContent(file, groups, found, pictures, onFrame);
  const handlers = createHandlers(groups, content, !isAscii(file) && isUtf8(file));
  return {
    handlers,
    found,
    finish(): string {
      content.flush();
      return body.story.finish();
    },
  };
}

type Content = ReturnType<typeof createContent>;

/** What groups, words and letters mean, by what the group is for in which they stand. */
function createContent(
  file: Buffer,
  groups: Groups,
  found: ReturnType<typeof createRtfFound>,
  pictures: EmbeddedPictures,
  onFrame: OnFrame,
) {
  const tables = createRtfTables();
  const fields = createRtfFields();
  const picture = createPicture(found, pictures);
  const hasMarks = ['\\listtext', '\\pntext'].some((word) => file.includes(word));
  const writer = createStoryWriter(groups, tables, fields, found, hasMarks);
  const frames = createFrames(groups, writer, onFrame);
  const texts = createGroupTexts(groups, tables, { writer, frames, fields, picture }, found);
  const held = createHeldBytes();

  function flush(): void {
    const bytes = held.take();
    if (bytes.length === 0) return;
    const font = groups.font();
    const isPlain = isAscii(bytes) || tables.fonts.symbolsOf(font) !== null;
    put(isPlain ? bytes.toString('latin1') : iconv.decode(bytes, tables.encodings.of(font)));
  }

  function put(text: string): void {
    const { destination } = groups.state();
    if (destination === 'text') writer.write(text);
    else if (destination === 'fonts') tables.fonts.text(text);
    else if (destination === 'styles') tables.styles.text(text);
    else if (destination === 'code') fields.addCode(text);
    else if (saysSomething.has(destination)) texts.add(text);
  }

  function enter(destination: Destination): void {
    const outer = groups.outer();
    texts.begin(destination);
    if (destination === 'text') groups.change({ destination: outer });
    else if (isFrame(destination)) frames.enter(destination);
    else groups.change({ destination, outer });
  }

  function leave(ended: State): void {
    const { frame, destination } = groups.state();
    if (ended.frame !== frame) frames.end(ended.frame);
    if (ended.destination !== destination) texts.end(ended);
    const shown = fields.close(groups.depth() + 1);
    if (shown === null) found.fieldsWithoutResult += 1;
    else if (shown !== '') writer.write(shown);
  }

  /** A word in a text. */
  function textWord(name: string, parameter: number | null): void {
    const sign = signs.get(name);
    if (sign !== undefined) put(sign);
    else if (name === 'u') put(String.fromCharCode((parameter ?? 0) & 0xffff));
    else if (name === 'field') fields.open(groups.depth());
    else if (name === 'chftn') frames.noteMark();
    else if (name === 'ftnalt') groups.state().frame.isEndnote = true;
    else writer.word(name);
  }

  function word(name: string, parameter: number | null): void {
    const state = groups.state();
    const change = changedBy(name, parameter, state);
    if (state.destination === 'fonts') tables.fonts.word(name, parameter);
    else if (state.destination === 'styles') tables.styles.word(name, parameter);
    else if (state.destination === 'lists') tables.lists.word(name, parameter);
    else if (state.destination === 'picture') picture.word(name, parameter);
    else if (state.destination === 'form') fields.formWord(name, parameter);
    else if (change !== null) groups.change(change);
    else if (isShell(state.destination)) texts.objectWord(name);
    else {
      documentWord(name, parameter, groups, tables);
      textWord(name, parameter);
    }
  }

  return { held, picture, flush, put, enter, leave, word };
}

/** Words about the whole document, and the one that takes all looks away. */
function documentWord(name: string, parameter: number | null, groups: Groups, { encodings }: RtfTables): void {
  if (name === 'ansicpg') encodings.setPage(parameter ?? 0);
  else if (encodingWords.has(name)) encodings.setPage(encodingWords.get(name) ?? 0);
  else if (name === 'deff') groups.setDefaultFont(parameter ?? 0);
  else if (name === 'plain') groups.change(groups.plain());
}

/** Takes what a file consists of, and passes over what stands in for letters in older programs. */
function createHandlers(groups: Groups, content: Content, bytesAreUtf8: boolean): RtfHandlers {
  /** Before the first word of a group, which says what it is for; `isOptional` if unknown kinds are to be skipped. */
  let isAtStart = false;
  let isOptional = false;
  let standInsLeft = 0;
  const isIn = (destination: Destination): boolean => groups.state().destination === destination;

  /** Whether the word says what its group is for. */
  function begins(name: string): boolean {
    if (name === '*') {
      isOptional = true;
      return true;
    }
    isAtStart = false;
    const destination = name === 'ud' ? 'text' : destinationOf(name);
    if (destination !== undefined) content.enter(destination);
    else if (isOptional) groups.change({ destination: 'skip' });
    return destination !== undefined || isOptional;
  }

  function word(name: string, parameter: number | null): void {
    if (isIn('skip')) return;
    content.flush();
    standInsLeft = name === 'u' ? groups.state().standIns : 0;
    if (!isAtStart || !begins(name)) content.word(name, parameter);
  }

  function letters(bytes: Buffer): void {
    const own = bytes.subarray(Math.min(standInsLeft, bytes.length));
    standInsLeft = Math.max(0, standInsLeft - bytes.length);
    if (!bytesAreUtf8 || isAscii(own)) content.held.add(own);
    else {
      content.flush();
      content.put(own.toString('utf8'));
    }
  }

  return {
    open() {
      content.flush();
      groups.open();
      isAtStart = true;
      isOptional = false;
      standInsLeft = 0;
    },
    close() {
      content.flush();
      standInsLeft = 0;
      isAtStart = false;
      content.leave(groups.close());
    },
    word,
    bytes(bytes) {
      isAtStart = false;
      if (isIn('picture')) content.picture.digits(bytes);
      else if (!isIn('skip')) letters(bytes);
    },
    byte(byte) {
      isAtStart = false;
      if (standInsLeft > 0) standInsLeft -= 1;
      else if (byte === LINE_FEED || byte === RETURN) word('par', null);
      else if (!isIn('skip')) content.held.add(Buffer.of(byte));
    },
    data(bytes) {
      if (isIn('picture')) content.picture.data(bytes);
    },
  };
}
