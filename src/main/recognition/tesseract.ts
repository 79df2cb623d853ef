import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packageFiles } from '../common/package-files.ts';
import type { Orientation } from '../documents/images/image-page.ts';
import type { Box } from '../pages/box.ts';
import type { PlacedWords } from '../pages/placed-words.ts';
import { type Ink, inkOfPng, inverted, piecesOfInk, shareOfInk } from './ink.ts';
import { countLetters, shareMissed, tiltOf } from './lines-of-print.ts';
import type { LanguageData } from './messages.ts';
import { placedWords, turnedBox, wordTable } from './placed-words.ts';

/** The part of Tesseract's own interface that is used here; its package has no types. */
interface TesseractApi {
  Init(dataFolder: null, languages: string, engine: number): number;
  SetVariable(name: string, value: string): boolean;
  /** Decodes the file `/input`, turned as EXIF numbers it, and then clockwise. @returns 0, or 1 if it cannot be decoded. */
  SetImageFile(orientation: Orientation, radians: number): number;
  Recognize(monitor: null): number;
  GetUTF8Text(): string;
  /** A line for each page, block, paragraph, text line and word. */
  GetTSVText(page: number): string;
  MeanTextConf(): number;
  /** Writes the image to the file `/image.png`; with 2, as it is in black and white. */
  WriteImage(kind: 2): void;
}

interface TesseractModule {
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void; readFile(path: string): Uint8Array };
  readonly TessBaseAPI: new () => TesseractApi;
}

type StartTesseract = (options: {
  readonly wasmBinary: Uint8Array;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Promise<TesseractModule>;

const CORE = 'tesseract.js-core/tesseract-core-simd-lstm';
/** The one that reads lines by a neural network; the data that ships has no other. */
const LSTM_ONLY = 1;
/** Finds columns, tables and paragraphs by itself. */
const AUTOMATIC_LAYOUT = '3';

const IN_BLACK_AND_WHITE = 2;
/** Where black begins: Otsu's one border for the page, or Sauvola's, which follow the light. The latter lose pale print. */
const [ONE_BORDER, LOCAL_BORDERS] = ['0', '2'] as const;
type Border = typeof ONE_BORDER | typeof LOCAL_BORDERS;
/** Tesseract's own, 0.34, loses grey print in a shadow. */
const LOCAL_FACTOR = '0.2';
/** A page of print has up to 15 % of ink, a photograph of one with a shadow on it 30 % and more. */
const MUCH_INK = 0.2;
const MANY_MORE = 1.2;
/** In radians, a quarter of a degree. Up to one and a half, Tesseract reads as well; turning takes 50 ms. */
const LEAST_TILT = 0.004;

/** Words below it are no words: what Tesseract makes of drawings, and of lines that lie askew. */
const LEAST_CONFIDENCE = 30;

export interface Reading {
  readonly text: string;
  /** Mean confidence of its words, 0 to 100; null without words. */
  readonly confidence: number | null;
  /** On the image as it was turned by its orientation. */
  readonly words: PlacedWords;
  /**
   * How much of what looks like letters is in no word, or in one that is a mere guess, from 0 to 1; null in a picture so
   * full of specks that nobody can tell.
   */
  readonly missed: number | null;
}

export interface Tesseract {
  /** Straightens an image whose lines lie askew. @param dpi null for what the image says, or what its letters' size suggests. */
  recognise(image: Uint8Array, orientation: Orientation, dpi: number | null): Reading;
}

/** An image that Tesseract's decoder does not understand. */
export class UndecodableImageError extends Error {}

/**
 * Starts Tesseract in WebAssembly: image decoders and recognition have a memory of their own that nothing gets out of.
 * It opens no file and no connection: program and data are handed to it as bytes.
 */
export async function startTesseract(languages: readonly LanguageData[]): Promise<Tesseract> {
  const start = packageFiles(`${CORE}.js`) as StartTesseract;
  const quiet = () => {};
  const wasmBinary = readFileSync(packageFiles.resolve(`${CORE}.wasm`));
  const module = await start({ wasmBinary, print: quiet, printErr: quiet });
  for (const { code, path } of languages) module.FS.writeFile(`./${code}.traineddata`, readData(path));
  const api = new module.TessBaseAPI();
  const codes = languages.map(({ code }) => code).join('+');
  if (api.Init(null, codes, LSTM_ONLY) !== 0) throw new Error(`The recognition data of ${codes} cannot be used.`);
  api.SetVariable('tessedit_pageseg_mode', AUTOMATIC_LAYOUT);
  api.SetVariable('thresholding_kfactor', LOCAL_FACTOR);

  const blackAndWhite = (orientation: Orientation, border: Border): Ink => {
    api.SetVariable('thresholding_method', border);
    if (api.SetImageFile(orientation, 0) !== 0) throw new UndecodableImageError('The image cannot be decoded.');
    api.WriteImage(IN_BLACK_AND_WHITE);
    return inkOfPng(Buffer.from(module.FS.readFile('/image.png')));
  };

  /** Leaves the image in the black and white that shows more letters. On much black, white pieces are letters, too. */
  const piecesOn = (orientation: Orientation): readonly Box[] | null => {
    let ink = blackAndWhite(orientation, ONE_BORDER);
    let pieces = piecesOfInk(ink);
    if (pieces === null || shareOfInk(ink) < MUCH_INK) return pieces;
    const lit = blackAndWhite(orientation, LOCAL_BORDERS);
    const litPieces = piecesOfInk(lit);
    if (litPieces !== null && countLetters(litPieces) > countLetters(pieces) * MANY_MORE) {
      [ink, pieces] = [lit, litPieces];
    } else {
      blackAndWhite(orientation, ONE_BORDER);
    }
    return [...pieces, ...(piecesOfInk(inverted(ink)) ?? [])];
  };

  return {
    recognise: (image, orientation, dpi) => {
      module.FS.writeFile('/input', image);
      api.SetVariable('user_defined_dpi', String(dpi ?? 0));
      const pieces = piecesOn(orientation);
      const skew = pieces === null ? 0 : tiltOf(pieces);
      const tilt = Math.abs(skew) < LEAST_TILT ? 0 : skew;
      if (tilt !== 0) api.SetImageFile(orientation, -tilt);
      api.Recognize(null);
      const text = api.GetUTF8Text().trim();
      const table = wordTable(api.GetTSVText(0));
      const straightened = tilt === 0 ? pieces : (pieces?.map((piece) => turnedBox(piece, table, -tilt)) ?? null);
      const read = table.words.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE);
      return {
        text,
        confidence: text === '' ? null : api.MeanTextConf(),
        words: placedWords(table, tilt),
        missed: straightened === null ? null : shareMissed(straightened, read),
      };
    },
  };
}

function readData(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
