/** A run of letters from pdf.js. `transform` ends with its position from the left and bottom of the page. */
export interface PdfRun {
  readonly str: string;
  readonly hasEOL: boolean;
  /** Names its font on this page. */
  readonly fontName?: string;
  readonly width?: number;
  readonly height: number;
  readonly transform: readonly number[];
}
