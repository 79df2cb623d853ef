/** What a text of an OpenDocument file holds besides what is read. */
export interface FoundInOdf {
  hiddenCharacters: number;
  unknownSigns: number;
  largeImages: number;
  hasDeletions: boolean;
  hasObjects: boolean;
  hasControls: boolean;
}

export function createFoundInOdf(): FoundInOdf {
  return {
    hiddenCharacters: 0,
    unknownSigns: 0,
    largeImages: 0,
    hasDeletions: false,
    hasObjects: false,
    hasControls: false,
  };
}
