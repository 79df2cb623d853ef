/** eld only ships types for its root module; this is the part used here. */
declare module 'eld/extrasmall' {
  interface Detection {
    /** ISO 639-1, or empty. */
    readonly language: string;
    isReliable(): boolean;
    getScores(): Readonly<Record<string, number>>;
  }
  export const eld: { detect(text: string): Detection };
}
