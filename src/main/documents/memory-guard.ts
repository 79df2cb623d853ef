/** Exit code of a thread that exceeded its memory limit outside the heap. */
export const memoryExitCode = 77;

const guardedFromBytes = 1_048_576;

/**
 * Limits this thread's binary buffers. A thread's heap limit does not count them, and a page of a hostile PDF can
 * unpack to gigabytes. Parsers catch exceptions and carry on with half a document, so exceeding the limit ends the
 * thread.
 */
export function limitBuffers(maxBytes: number): void {
  // Without the built-in decompressor, pdf.js unpacks into arrays allocated here, where they are counted.
  Reflect.deleteProperty(globalThis, 'DecompressionStream');
  for (const name of ['ArrayBuffer', 'Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int32Array']) {
    guard(name, maxBytes);
  }
}

function guard(name: string, maxBytes: number): void {
  const native: unknown = Reflect.get(globalThis, name);
  if (typeof native !== 'function') return;
  const guarded: object = new Proxy(native, {
    construct(target, parameters: unknown[], newTarget) {
      const size = parameters[0];
      if (typeof size === 'number' && size >= guardedFromBytes && process.memoryUsage().external + size > maxBytes) {
        process.exit(memoryExitCode);
      }
      return Reflect.construct(target, parameters, newTarget === guarded ? target : newTarget);
    },
  });
  Reflect.defineProperty(globalThis, name, { value: guarded, writable: true, configurable: true });
}
