/** What decoders in WebAssembly give. */
export interface Pixels {
  /** Red, green, blue and opacity. */
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** A picture on white as PPM, which the decoders of all other images read. */
export function ppmOfRgba({ data, width, height }: Pixels): Buffer {
  const head = Buffer.from(`P6\n${width} ${height}\n255\n`, 'latin1');
  const ppm = Buffer.allocUnsafe(head.length + width * height * 3);
  head.copy(ppm);
  onWhite(data, ppm.subarray(head.length));
  return ppm;
}

function onWhite(from: Uint8ClampedArray, to: Buffer): void {
  for (let at = 0, out = 0; at < from.length; at += 4, out += 3) {
    const opacity = from[at + 3] ?? 255;
    for (let colour = 0; colour < 3; colour += 1) {
      to[out + colour] = 255 - Math.round(((255 - (from[at + colour] ?? 255)) * opacity) / 255);
    }
  }
}
