/** A run of letters as pdf.js gives it. `transform` ends with its place on the page, from the left and from below. */
export interface PdfRun {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly width?: number;
  readonly height: number;
  readonly transform: readonly number[];
}
