import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packageFiles } from '../common/package-files.ts';
import type { Orientation } from '../documents/images/image-page.ts';
import type { LanguageData, PlacedWords } from './messages.ts';
import { wordsIn } from './placed-words.ts';

/** The part of Tesseract's own interface that is used here; its package has no types. */
interface TesseractApi {
  Init(dataFolder: null, languages: string, engine: number): number;
  SetVariable(name: string, value: string): boolean;
  /** Decodes the file `/input`, turned as EXIF numbers it. @returns 0, or 1 if it cannot be decoded. */
  SetImageFile(orientation: Orientation, radians: number): number;
  Recognize(monitor: null): number;
  GetUTF8Text(): string;
  /** A line for each page, block, paragraph, text line and word. */
  GetTSVText(page: number): string;
  MeanTextConf(): number;
}

interface TesseractModule {
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void };
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

export interface Reading {
  readonly text: string;
  /** Mean confidence of its words, 0 to 100; null without words. */
  readonly confidence: number | null;
  /** On the image as it was turned. */
  readonly words: PlacedWords;
}

export interface Tesseract {
  /** @param dpi null for what the image says, or what its letters' size suggests. */
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
  return {
    recognise: (image, orientation, dpi) => {
      module.FS.writeFile('/input', image);
      api.SetVariable('user_defined_dpi', String(dpi ?? 0));
      if (api.SetImageFile(orientation, 0) !== 0) throw new UndecodableImageError('The image cannot be decoded.');
      api.Recognize(null);
      const text = api.GetUTF8Text().trim();
      return { text, confidence: text === '' ? null : api.MeanTextConf(), words: wordsIn(api.GetTSVText(0)) };
    },
  };
}

function readData(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
