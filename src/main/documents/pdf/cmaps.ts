import { brotliDecompressSync } from 'node:zlib';

/**
 * The character maps (CMaps) that Chinese, Japanese and Korean PDFs refer to by name without embedding them.
 * `cmaps.json` holds those of pdf.js as one compressed block, loaded for the first PDF that needs one.
 */
export async function readCMap(name: string): Promise<Uint8Array> {
  loading ??= load();
  const map = (await loading).get(name);
  if (map === undefined) throw new Error(`There is no character map ${name}.`);
  return map;
}

let loading: Promise<ReadonlyMap<string, Uint8Array>> | undefined;

async function load(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { default: bundle } = await import('./cmaps.json', { with: { type: 'json' } });
  const bytes = brotliDecompressSync(Buffer.from(bundle.brotli, 'base64'));
  let end = 0;
  return new Map(
    Object.entries(bundle.bytes).map(([name, length]) => {
      end += length;
      return [name, Uint8Array.from(bytes.subarray(end - length, end))];
    }),
  );
}
