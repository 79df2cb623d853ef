import { readFileSync } from 'node:fs';
import { packageFiles } from '../common/package-files.ts';
import { isOfReadableSize } from '../documents/images/image-pages.ts';
import { type Pixels, ppmOfRgba } from './ppm.ts';

/** The part of libheif's own interface that is used here. */
interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  /** Decodes into what it is given, and hands it back; null if it cannot. */
  display(into: Pixels, done: (pixels: Pixels | null) => void): void;
}

interface LibheifModule {
  readonly HeifDecoder: new () => { decode(file: Uint8Array): readonly HeifImage[] };
}

type StartLibheif = (options: {
  readonly wasmBinary: Uint8Array;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Promise<LibheifModule>;

const PROGRAM = 'libheif-js/libheif-wasm/libheif';

/**
 * The picture in a HEIC file as PPM, which the decoders of all other images read: turned as the file says, on white.
 * libheif decodes it in WebAssembly, in a memory of its own.
 *
 * @returns null if it cannot be decoded, or is larger than its header said.
 */
export async function heifToPpm(file: Uint8Array): Promise<Buffer | null> {
  const start = packageFiles(`${PROGRAM}.js`) as StartLibheif;
  const quiet = () => {};
  const wasmBinary = readFileSync(packageFiles.resolve(`${PROGRAM}.wasm`));
  const { HeifDecoder } = await start({ wasmBinary, print: quiet, printErr: quiet });
  try {
    const images = new HeifDecoder().decode(file);
    const image = images.find((one) => one.is_primary()) ?? images[0];
    return image === undefined ? null : await ppmOf(image);
  } catch {
    // As a trap of WebAssembly, or an exception of C++.
    return null;
  }
}

async function ppmOf(image: HeifImage): Promise<Buffer | null> {
  const [width, height] = [image.get_width(), image.get_height()];
  if (!isOfReadableSize({ width, height })) return null;
  const empty = { data: new Uint8ClampedArray(width * height * 4), width, height };
  const pixels = await new Promise<Pixels | null>((resolve) => image.display(empty, resolve));
  if (pixels === null) return null;
  return ppmOfRgba(pixels);
}
