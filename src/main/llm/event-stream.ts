/**
 * Server-sent events as specified (WHATWG HTML §9.2), and the known ways in which servers deviate: no blank line
 * between events, JSON split over lines, a doubled field name, JSON without a field name, an error as a field.
 */

export type StreamEvent =
  | { readonly kind: 'json'; readonly value: unknown }
  /** `data: [DONE]`: the server says that the reply is complete. */
  | { readonly kind: 'done' }
  /**
   * Not valid JSON. `broken` if it looks like JSON, so part of the reply may be lost; otherwise it is a word such as
   * "ping".
   */
  | { readonly kind: 'unread'; readonly text: string; readonly broken: boolean };

export interface EventReader {
  read(bytes: Uint8Array): void;
  /** The stream has closed. Also processes what has no line end or blank line after it. */
  end(): void;
}

/** Reads events from a stream that may be split anywhere, in linear time and memory. */
export function createEventReader(onEvent: (event: StreamEvent) => void): EventReader {
  // Strips a byte order mark and joins characters split between chunks.
  const decoder = new TextDecoder();
  let name = '';
  let data: string[] = [];

  const dispatch = () => {
    const [lines, of] = [data, name];
    data = [];
    name = '';
    for (const event of readData(lines)) onEvent(of === 'error' ? asError(event) : event);
  };
  const splitLines = createLineSplitter((line) => {
    if (line === '') return dispatch();
    const { field, value } = readField(line);
    if (field === 'data') data.push(value);
    else if (field === 'event') name = value.trim();
    else if (field === 'error') onEvent(asError(readValue(value)));
    else if (!SILENT_FIELDS.has(field)) onEvent(readValue(line.trim()));
  });

  return {
    read: (bytes) => splitLines(decoder.decode(bytes, { stream: true })),
    end: () => {
      splitLines(`${decoder.decode()}\n`);
      dispatch();
    },
  };
}

/** Fields to ignore. A comment has an empty name. */
const SILENT_FIELDS: ReadonlySet<string> = new Set(['', 'id', 'retry']);

/** A line without a colon is kept as a field of its own: an error page, or JSON without a field name. */
function readField(line: string): { readonly field: string; readonly value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { field: line.trim(), value: '' };
  return { field: line.slice(0, colon), value: line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1)) };
}

function readData(lines: readonly string[]): readonly StreamEvent[] {
  const text = lines.join('\n').trim();
  if (text === '') return [];
  const whole = readValue(text);
  if (whole.kind !== 'unread' || lines.length === 1) return [whole];
  const joined = readValue(lines.join(''));
  if (joined.kind !== 'unread') return [joined];
  // Several events without a blank line between them.
  return lines.flatMap((line) => (line.trim() === '' ? [] : [readValue(line.trim())]));
}

const DONE = /^"?\[DONE\]"?$/i;
/** JSON values that carry nothing. */
const BARE_VALUE = /^(?:null|true|false|""|-?\d{1,20})$/;

function readValue(text: string): StreamEvent {
  const bare = text.replace(/^(?:data:\s*)+/, '').trim();
  if (DONE.test(bare)) return { kind: 'done' };
  if (BARE_VALUE.test(bare)) return { kind: 'json', value: null };
  // Checked first, because exceptions for a million lines would take longer than receiving them.
  if (!/^[[{]/.test(bare)) return { kind: 'unread', text: bare, broken: false };
  try {
    if (/[\]}]$/.test(bare)) return { kind: 'json', value: JSON.parse(bare) };
  } catch {
    // Reported below.
  }
  return { kind: 'unread', text: bare, broken: true };
}

/** An event named as an error is one, whatever it contains. */
function asError(event: StreamEvent): StreamEvent {
  if (event.kind === 'done') return event;
  const value = event.kind === 'json' ? event.value : event.text;
  const named = typeof value === 'object' && value !== null && 'error' in value;
  return { kind: 'json', value: named ? value : { error: value } };
}

/** Lines end with LF, CR or CRLF, which may be split between two chunks. */
function createLineSplitter(onLine: (line: string) => void): (text: string) => void {
  const lineEnd = /\r\n?|\n/g;
  let pending: string[] = [];
  let endedInReturn = false;
  return (text) => {
    if (text === '') return;
    let from = endedInReturn && text.startsWith('\n') ? 1 : 0;
    endedInReturn = text.endsWith('\r');
    lineEnd.lastIndex = from;
    for (let found = lineEnd.exec(text); found !== null; found = lineEnd.exec(text)) {
      pending.push(text.slice(from, found.index));
      from = found.index + found[0].length;
      const line = pending.join('');
      pending = [];
      onLine(line);
      lineEnd.lastIndex = from;
    }
    if (from < text.length) pending.push(text.slice(from));
  };
}
