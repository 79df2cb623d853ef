/** A request body as sent, and where it contains long texts that other requests also carry. */

/** A byte range holding a JSON-escaped text without its quotes. */
export type TextRange = readonly [from: number, to: number];

export interface RequestBody {
  /** JSON in UTF-8. The same bytes are recorded and sent. */
  readonly bytes: Uint8Array;
  /** In ascending order, without overlaps. */
  readonly shared: readonly TextRange[];
}

/** JSON's escape of a lone surrogate. UTF-8 cannot represent one, so a text containing one stays in the JSON. */
const ESCAPED_SURROGATE = '\\ud';

/** Locates texts (a document sent by several analyses, the turns repeated by every chat message) in the JSON. */
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
