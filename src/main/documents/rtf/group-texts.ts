import { objectKindOf } from '../object-kinds.ts';
import { readSigns } from '../symbol-fonts.ts';
import type { Destination } from './destinations.ts';
import type { createRtfFields } from './fields.ts';
import type { RtfFound } from './found.ts';
import type { createFrames } from './frames.ts';
import type { Groups } from './groups.ts';
import type { createPicture } from './picture.ts';
import type { State } from './states.ts';
import type { StoryWriter } from './story-writer.ts';
import type { RtfTables } from './tables.ts';

const longestCollected = 200;
/** The property of a shape that is drawn as words, such as a watermark. */
const WORD_ART = 'gtextUNICODE';
/** Words that say what an object is: embedded, linked, a control, a part of a page. */
const objectTypes = new Set(['objemb', 'objlink', 'objautlink', 'objsub', 'objpub', 'objicemb', 'objhtml', 'objocx']);

/** What takes the texts of groups. */
export interface TextTakers {
  readonly writer: StoryWriter;
  readonly frames: ReturnType<typeof createFrames>;
  readonly fields: ReturnType<typeof createRtfFields>;
  readonly picture: ReturnType<typeof createPicture>;
}

/** Puts the short texts of groups together that say something about what is around them, and does what they say. */
export function createGroupTexts(
  groups: Groups,
  { fonts, lists }: RtfTables,
  { writer, frames, fields, picture }: TextTakers,
  found: RtfFound,
) {
  let collected = '';
  /** Of an object: the word that says what it is, and its class. */
  let object = { type: '', className: '' };
  /** Of the property of a shape whose value follows. */
  let property = '';

  function noteObject(): void {
    const { type, className } = object;
    if (type === 'objocx') found.holds.add('controls');
    else found.objects.add(objectKindOf(className, type === 'objlink' || type === 'objautlink'));
  }

  /** Not in what is left out: hidden and deleted text, the code of fields. */
  function shows(): boolean {
    return groups.outer() === 'text' && !groups.isLeftOut();
  }

  function writeMark(text: string): void {
    if (text === '' || groups.isLeftOut()) return;
    groups.state().frame.story.item(/[\p{L}\p{N}]/u.test(text) && text !== 'o' ? `${text} ` : '- ');
  }

  return {
    add(text: string): void {
      if (collected.length < longestCollected) collected += readSigns(text, fonts.symbolsOf(groups.font())).text;
    },
    objectWord(name: string): void {
      if (objectTypes.has(name)) object = { ...object, type: name };
    },
    /** Call when a group begins for this. */
    begin(destination: Destination): void {
      collected = '';
      if (destination === 'picture') picture.begin();
      else if (destination === 'object') object = { type: '', className: '' };
    },
    /** Call when a group has ended that was for something else than what is around it. */
    end({ destination }: State): void {
      const text = collected.trim();
      if (destination === 'picture') writer.block(picture.end(shows()));
      else if (destination === 'author') frames.setAuthor(text);
      else if (destination === 'shapeName') property = text;
      else if (destination === 'shapeValue' && property === WORD_ART) writer.block(shows() ? text : '');
      else if (destination === 'levelText') lists.levelText(collected);
      else if (destination === 'formEntry') fields.addEntry(text);
      else if (destination === 'objectClass') object = { ...object, className: text };
      else if (destination === 'object') noteObject();
      else if (destination === 'mark') writeMark(text);
    },
  };
}
