/** A box of a HEIC or AVIF file: ISO/IEC 14496-12. */
export interface HeifBox {
  readonly type: string;
  readonly body: Buffer;
}

const BOX_HEAD = 8;

export function boxesIn(bytes: Buffer): readonly HeifBox[] {
  const boxes: HeifBox[] = [];
  for (let at = 0; at + BOX_HEAD <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    // Of 1, the size follows; such boxes hold the images themselves. Of 0, the box goes to the end.
    if (size < BOX_HEAD && size !== 0) break;
    const end = size === 0 ? bytes.length : at + size;
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + BOX_HEAD, end) });
    at = end;
  }
  return boxes;
}

/** What a file says about its images: the boxes of its `meta`; none where it has no such box. */
export function metaBoxes(bytes: Buffer): readonly HeifBox[] {
  const meta = boxesIn(bytes).find(({ type }) => type === 'meta');
  return meta === undefined ? [] : boxesIn(meta.body.subarray(4));
}
