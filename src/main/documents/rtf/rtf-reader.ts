import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { commentLine } from '../comment-line.ts';
import type { EmbeddedPictures } from '../drawings/embedded-pictures.ts';
import { headingMark } from '../heading-mark.ts';
import { objectKindOf } from '../object-kinds.ts';
import { readSigns } from '../symbol-fonts.ts';
import { type Destination, destinationOf, isShell } from './destinations.ts';
import { createEncodings } from './encodings.ts';
import { createRtfFields } from './fields.ts';
import { createFonts } from './fonts.ts';
import { createRtfFound } from './found.ts';
import { createRtfLists } from './lists.ts';
import { createPicture } from './picture.ts';
import { signs } from './signs.ts';
import { changedBy, createFrame, type Frame, firstState, plainText, type State } from './states.ts';
import { createRtfStyles } from './styles.ts';
import type { RtfHandlers } from './tokens.ts';

const encodingWords: ReadonlyMap<string, number> = new Map([
  ['mac', 10_000],
  ['pc', 437],
  ['pca', 850],
]);
/** Written in hexadecimal they end a paragraph. */
const [LINE_FEED, RETURN] = [0x0a, 0x0d];
const longestCollected = 200;
/** A text box in a note in a text box; deeper ones are read as part of what they lie in. */
const maxFrameDepth = 10;

type FrameKind = 'note' | 'header' | 'footer' | 'box' | 'comment';
const frameKinds: ReadonlySet<Destination> = new Set(['note', 'header', 'footer', 'box', 'comment']);

function isFrame(destination: Destination): destination is FrameKind {
  return frameKinds.has(destination);
}

/** Follows the groups of a file and hands each text to the story it belongs to, and its pictures to `pictures`. */
export function createRtfReader(
  file: Buffer,
  pictures: EmbeddedPictures,
  onFrame: (frame: Frame, isDeleted: boolean) => string,
) {
  const encodings = createEncodings();
  const fonts = createFonts(encodings);
  const styles = createRtfStyles();
  const fields = createRtfFields();
  const lists = createRtfLists();
  const hasMarks = ['\\listtext', '\\pntext'].some((word) => file.includes(word));
  /** Once the first item is met, after all tables. */
  let items: ReturnType<typeof lists.counter> | null = null;
  const found = createRtfFound();
  const picture = createPicture(found, pictures);
  const bytesAreUtf8 = !isAscii(file) && isUtf8(file);
  const groups: State[] = [];
  let state = firstState();
  const body = state.frame;
  let defaultFont = 0;
  /** Before the first word of a group, which says what it is for; `isOptional` if unknown kinds are to be skipped. */
  let isAtStart = false;
  let isOptional = false;
  /** Of an object: the word that says what it is, and its class. */
  let objectType = '';
  let objectClass = '';
  /** Of the property of a shape whose value follows. */
  let shapeName = '';
  let standInsLeft = 0;
  let awaitsNote = false;
  /** Between the properties of a row and its end: some programs do not say of its paragraphs that they are in it. */
  let isInRow = false;
  let collected = '';
  /** Who makes the next comment. */
  let author = '';
  let pending = Buffer.allocUnsafe(1_024);
  let pendingLength = 0;

  const currentFont = (): number => (state.isRightToLeft ? (state.complexFont ?? state.font) : state.font);

  function hold(bytes: Buffer): void {
    if (pendingLength + bytes.length > pending.length) {
      const larger = Buffer.allocUnsafe((pendingLength + bytes.length) * 2);
      pending.copy(larger, 0, 0, pendingLength);
      pending = larger;
    }
    bytes.copy(pending, pendingLength);
    pendingLength += bytes.length;
  }

  /** Letters may be written in several bytes, some of them as they are and some in hexadecimal. */
  function flush(): void {
    if (pendingLength === 0) return;
    const bytes = pending.subarray(0, pendingLength);
    pendingLength = 0;
    const font = currentFont();
    const isPlain = isAscii(bytes) || fonts.symbolsOf(font) !== null;
    put(isPlain ? bytes.toString('latin1') : iconv.decode(bytes, encodings.of(font)));
  }

  function put(text: string): void {
    switch (state.destination) {
      case 'text':
        write(text);
        break;
      case 'fonts':
        fonts.text(text);
        break;
      case 'styles':
        styles.text(text);
        break;
      case 'code':
        fields.addCode(text);
        break;
      case 'mark':
      case 'objectClass':
      case 'shapeName':
      case 'shapeValue':
      case 'formEntry':
      case 'author':
      case 'levelText':
        if (collected.length < longestCollected) collected += readSigns(text, fonts.symbolsOf(currentFont())).text;
        break;
      default:
        break;
    }
  }

  function write(written: string): void {
    const text = written.replace(/(?!\t)\p{Cc}/gu, '');
    if (text === '') return;
    if (state.isDeleted) found.holds.add('deletions');
    else if (state.isHidden) found.hiddenCharacters += text.replace(/\s+/g, '').length;
    else {
      const read = readSigns(text, fonts.symbolsOf(currentFont()));
      found.unknownSigns += read.unknown;
      fields.showResult();
      const isBody = state.frame.kind === 'body';
      if (read.text.trim() !== '') countItem(true);
      const heading = isBody ? headingMark(state.outline ?? styles.outlineOf(state.style)) : '';
      const level = isInRow ? Math.max(1, state.level) : state.level;
      state.frame.story.write(read.text, { ...state, level, heading });
    }
  }

  /** Numbers the paragraph that begins, or ends empty, if it is an item of a list. */
  function countItem(isShown: boolean): void {
    const { frame, list, listLevel } = state;
    if (hasMarks || list === 0 || frame.isCounted) return;
    frame.isCounted = true;
    items ??= lists.counter();
    const mark = items.markOf(lists.placeOf(list, listLevel));
    if (isShown && mark.trim() !== '') frame.story.item(mark.trimStart());
    found.hasDigitsInstead ||= items.hasDigitsInstead();
  }

  function endParagraph(): void {
    countItem(false);
    state.frame.isCounted = false;
    state.frame.story.endParagraph();
  }

  function enter(destination: Destination): void {
    const outer = outerDestination();
    collected = '';
    if (destination === 'text') state = { ...state, destination: outer };
    else if (isFrame(destination)) enterFrame(destination);
    else state = { ...state, destination, outer };
    if (destination === 'picture') picture.begin();
    else if (destination === 'object') [objectType, objectClass] = ['', ''];
  }

  function outerDestination(): Destination {
    return isShell(state.destination) ? state.outer : state.destination;
  }

  function enterFrame(kind: FrameKind): void {
    const { depth } = state.frame;
    const frame = depth < maxFrameDepth ? createFrame(kind, depth + 1) : state.frame;
    if (kind === 'note') {
      frame.isNumbered = awaitsNote;
      awaitsNote = false;
    }
    state = { ...state, ...plainText, destination: 'text', frame, level: 0, font: defaultFont };
  }

  function leave(ended: State): void {
    if (ended.frame !== state.frame) endFrame(ended.frame);
    if (ended.destination === state.destination) return;
    const text = collected.trim();
    if (ended.destination === 'picture') writeBlock(picture.end(shows()));
    else if (ended.destination === 'author') author = text;
    else if (ended.destination === 'shapeName') shapeName = text;
    else if (ended.destination === 'shapeValue' && shapeName === WORD_ART) writeBlock(shows() ? text : '');
    else if (ended.destination === 'levelText') lists.levelText(collected);
    else if (ended.destination === 'formEntry') fields.addEntry(text);
    else if (ended.destination === 'objectClass') objectClass = text;
    else if (ended.destination === 'object') noteObject();
    else if (ended.destination === 'mark' && text !== '' && !state.isDeleted && !state.isHidden) {
      state.frame.story.item(/[\p{L}\p{N}]/u.test(text) && text !== 'o' ? `${text} ` : '- ');
    }
  }

  /** Not in what is left out: hidden and deleted text, the code of fields. */
  function shows(): boolean {
    return outerDestination() === 'text' && !state.isDeleted && !state.isHidden;
  }

  function noteObject(): void {
    if (objectType === 'objocx') found.holds.add('controls');
    else found.objects.add(objectKindOf(objectClass, objectType === 'objlink' || objectType === 'objautlink'));
  }

  /** A picture, or words drawn as one. */
  function writeBlock(text: string): void {
    if (text === '') return;
    fields.showResult();
    state.frame.story.block(text, isInRow ? Math.max(1, state.level) : state.level);
  }

  function endFrame(frame: Frame): void {
    const shown = onFrame(frame, state.isDeleted || state.isHidden);
    if (frame.kind === 'note') write(shown);
    else if (frame.kind === 'comment') {
      state.frame.story.comment(commentLine(author, shown));
      author = '';
    } else if (frame.kind === 'box' && shown !== '') state.frame.story.block(shown, state.level);
  }

  /** Whether the word says what its group is for. */
  function begins(name: string): boolean {
    if (name === '*') {
      isOptional = true;
      return true;
    }
    isAtStart = false;
    const destination = name === 'ud' ? 'text' : destinationOf(name);
    if (destination !== undefined) enter(destination);
    else if (isOptional) state = { ...state, destination: 'skip' };
    return destination !== undefined || isOptional;
  }

  function textWord(name: string, parameter: number | null): void {
    const sign = signs.get(name);
    const { story } = state.frame;
    const isShown = !state.isHidden && !state.isDeleted;
    if (sign !== undefined) put(sign);
    else if (name === 'u') put(String.fromCharCode((parameter ?? 0) & 0xffff));
    else if (name === 'field') fields.open(groups.length);
    else if (name === 'chftn') noteMark();
    else if (name === 'ftnalt') state.frame.isEndnote = true;
    else if (name === 'cell' || name === 'nestcell') {
      state.frame.isCounted = false;
      story.endCell(name === 'cell' ? 1 : Math.max(2, state.level));
    } else if (name === 'trowd') isInRow = true;
    else if (name === 'row') {
      isInRow = false;
      story.endRow(1);
    } else if (name === 'nestrow') story.endRow(Math.max(2, state.level));
    else if (!isShown) return;
    else if (name === 'line') story.newLine();
    else if (paragraphEnds.has(name)) endParagraph();
  }

  function noteMark(): void {
    if (state.frame.kind === 'note') state.frame.isNumbered = true;
    else awaitsNote = true;
  }

  function documentWord(name: string, parameter: number | null): void {
    if (name === 'ansicpg') encodings.setPage(parameter ?? 0);
    else if (encodingWords.has(name)) encodings.setPage(encodingWords.get(name) ?? 0);
    else if (name === 'deff') defaultFont = parameter ?? 0;
    else if (name === 'plain') state = { ...state, ...plainText, font: defaultFont };
  }

  function finish(): string {
    flush();
    return body.story.finish();
  }

  const handlers: RtfHandlers = {
    open() {
      flush();
      groups.push(state);
      isAtStart = true;
      isOptional = false;
      standInsLeft = 0;
    },
    close() {
      flush();
      standInsLeft = 0;
      isAtStart = false;
      const ended = state;
      state = groups.pop() ?? state;
      leave(ended);
      const shown = fields.close(groups.length + 1);
      if (shown === null) found.fieldsWithoutResult += 1;
      else if (shown !== '') write(shown);
    },
    word(name, parameter) {
      if (state.destination === 'skip') return;
      flush();
      standInsLeft = name === 'u' ? state.standIns : 0;
      if (isAtStart && begins(name)) return;
      const change = changedBy(name, parameter, state);
      if (state.destination === 'fonts') fonts.word(name, parameter);
      else if (state.destination === 'styles') styles.word(name, parameter);
      else if (state.destination === 'lists') lists.word(name, parameter);
      else if (state.destination === 'picture') picture.word(name, parameter);
      else if (state.destination === 'form') fields.formWord(name, parameter);
      else if (change !== null) state = { ...state, ...change };
      else if (!isShell(state.destination)) {
        documentWord(name, parameter);
        textWord(name, parameter);
      } else if (objectTypes.has(name)) objectType = name;
    },
    bytes(bytes) {
      isAtStart = false;
      if (state.destination === 'picture') picture.digits(bytes);
      if (state.destination === 'skip' || state.destination === 'picture') return;
      const own = bytes.subarray(Math.min(standInsLeft, bytes.length));
      standInsLeft = Math.max(0, standInsLeft - bytes.length);
      if (!bytesAreUtf8 || isAscii(own)) hold(own);
      else {
        flush();
        put(own.toString('utf8'));
      }
    },
    byte(byte) {
      isAtStart = false;
      if (standInsLeft > 0) standInsLeft -= 1;
      else if (byte === LINE_FEED || byte === RETURN) handlers.word('par', null);
      else if (state.destination !== 'skip') hold(Buffer.of(byte));
    },
    data(bytes) {
      if (state.destination === 'picture') picture.data(bytes);
    },
  };
  return { handlers, found, finish };
}

/** The property of a shape that is drawn as words, such as a watermark. */
const WORD_ART = 'gtextUNICODE';
/** Words that say what an object is: embedded, linked, a control, a part of a page. */
const objectTypes = new Set(['objemb', 'objlink', 'objautlink', 'objsub', 'objpub', 'objicemb', 'objhtml', 'objocx']);
const paragraphEnds = new Set(['par', 'sect', 'page', '\n', '\r']);
