import { readFileSync } from 'node:fs';
import { packageFiles } from '../common/package-files.ts';
import type { Orientation } from '../documents/images/image-page.ts';

/** An image as Leptonica holds it. */
export interface DecodedImage {
  readonly width: number;
  readonly height: number;
  /** Bits a pixel. */
  readonly depth: number;
  /** Words of 32 bits a row: a pixel's first bits are the highest of its word. */
  readonly wordsPerRow: number;
  readonly words: Uint32Array;
}

export interface ImageDecoder {
  /** @returns null if it cannot be decoded. @param orientation as EXIF numbers it. */
  decode(image: Uint8Array, orientation: Orientation): DecodedImage | null;
}

/** The part of Tesseract's own interface that is used here; its package has no types. */
interface Pix {
  get_w(): number;
  get_h(): number;
  get_d(): number;
  get_wpl(): number;
  /** Where its pixels are in the program's memory. */
  get_data(): number;
}

interface TesseractModule {
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void };
  readonly TessBaseAPI: new () => {
    InitForAnalysePage(): void;
    SetImageFile(orientation: Orientation, radians: number): number;
    GetInputImage(): Pix;
  };
}

interface Memory {
  readonly buffer: ArrayBuffer;
}

interface Instance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** The types of Node have no WebAssembly. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object, imports: object) => Instance;
    readonly Memory: new () => Memory;
  };
};

type InstantiateWasm = (imports: object, done: (instance: Instance) => void) => object;

type StartTesseract = (options: {
  readonly instantiateWasm: InstantiateWasm;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Promise<TesseractModule>;

const CORE = 'tesseract.js-core/tesseract-core-simd-lstm';

/**
 * The image decoders that recognition uses, in WebAssembly: a picture that is shown was decoded as the one whose words
 * were recognised, and the window, whose own decoders are native code, gets nothing but pixels.
 */
export async function startImageDecoder(): Promise<ImageDecoder> {
  const start = packageFiles(`${CORE}.js`) as StartTesseract;
  const quiet = () => {};
  let memory: Memory | undefined;
  const instantiateWasm: InstantiateWasm = (imports, done) => {
    const instance = new WebAssembly.Instance(
      new WebAssembly.Module(readFileSync(packageFiles.resolve(`${CORE}.wasm`))),
      imports,
    );
    memory = Object.values(instance.exports).find((value): value is Memory => value instanceof WebAssembly.Memory);
    done(instance);
    return {};
  };
  const module = await start({ instantiateWasm, print: quiet, printErr: quiet });
  const api = new module.TessBaseAPI();
  api.InitForAnalysePage();
  return {
    decode: (image, orientation) => {
      module.FS.writeFile('/input', image);
      if (api.SetImageFile(orientation, 0) !== 0 || memory === undefined) return null;
      const pix = api.GetInputImage();
      const [height, wordsPerRow] = [pix.get_h(), pix.get_wpl()];
      const words = new Uint32Array(memory.buffer, pix.get_data(), wordsPerRow * height);
      return { width: pix.get_w(), height, depth: pix.get_d(), wordsPerRow, words };
    },
  };
}
