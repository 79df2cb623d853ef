/** A request's body as it leaves, and where in it long texts stand that other requests carry too. */

/** From one byte to another: a text, JSON-escaped, without its quotes. */
export type TextRange = readonly [from: number, to: number];

export interface RequestBody {
  /** JSON in UTF-8: what is recorded and, the same bytes, what is sent. */
  readonly bytes: Uint8Array;
  /** In rising order, none overlapping another. */
  readonly shared: readonly TextRange[];
}

/** How JSON escapes half a surrogate pair. UTF-8 cannot hold one, so a text that has one stays in the JSON. */
const ESCAPED_SURROGATE = '\\ud';

/** Finds texts (a document that three tasks send, the turns that every chat message repeats) in the JSON that has them. */
export function toRequestBody(json: string, texts: readonly string[]): RequestBody {
  const bytes = Buffer.from(json);
  const shared: TextRange[] = [];
  let from = 0;
  for (const text of texts) {
    const needle = JSON.stringify(text).slice(1, -1);
    const at = text === '' || needle.includes(ESCAPED_SURROGATE) ? -1 : bytes.indexOf(needle, from);
    if (at < 0) continue;
    from = at + Buffer.byteLength(needle);
    shared.push([at, from]);
  }
  return { bytes, shared };
}
