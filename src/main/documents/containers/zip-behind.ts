import { zipTailBytes } from '../packed/zip-end.ts';
import type { Source } from './container.ts';

/** The record that ends a ZIP archive, and the first one of its table of contents. */
const END = Buffer.from('PK\x05\x06', 'latin1');
const TABLE = Buffer.from('PK\x01\x02', 'latin1');
const RECORD_BYTES = 22;

/**
 * The ZIP archive that lies behind something else, such as the program that unpacks it; null if there is none. Places in it
 * are counted from its own beginning, or from that of the file.
 */
export function zipBehind(source: Source): Source | null {
  const tail = Buffer.alloc(Math.min(zipTailBytes, source.size));
  source.readAt(tail, source.size - tail.length);
  const at = tail.lastIndexOf(END);
  if (at < 0 || at + RECORD_BYTES > tail.length || tail.readUInt16LE(at + 10) === 0) return null;
  const [tableBytes, tableAt] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  const start = source.size - tail.length + at - tableBytes - tableAt;
  const begins = [0, start].find((from) => from >= 0 && isTable(source, from + tableAt));
  return begins === undefined ? null : from(source, begins);
}

function isTable(source: Source, at: number): boolean {
  const head = Buffer.alloc(4);
  return source.readAt(head, at) === head.length && TABLE.equals(head);
}

function from(source: Source, start: number): Source {
  if (start === 0) return source;
  return {
    size: source.size - start,
    readAt: (buffer, offset) => source.readAt(buffer, start + offset),
    readWhole: (maxBytes) => {
      const whole = source.readWhole(maxBytes);
      return whole.ok ? { ...whole, value: whole.value.subarray(start) } : whole;
    },
  };
}
