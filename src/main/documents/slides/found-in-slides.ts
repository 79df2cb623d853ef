import type { ReadingNote } from '../../../shared/reading-note.ts';
import { notesOnObjects, type ObjectKind } from '../object-kinds.ts';

/** What a presentation holds besides text, or that does not show. */
export interface FoundInSlides {
  /** Counted from 1. */
  readonly hiddenSlides: number[];
  largeImages: number;
  unknownSigns: number;
  hasEquations: boolean;
  readonly objects: Set<ObjectKind>;
  hasControls: boolean;
  hasOtherCharts: boolean;
}

export function createFoundInSlides(): FoundInSlides {
  return {
    hiddenSlides: [],
    largeImages: 0,
    unknownSigns: 0,
    hasEquations: false,
    objects: new Set(),
    hasControls: false,
    hasOtherCharts: false,
  };
}

/** Notes on what was read although it is hidden, and on what was not read. */
export function notesOnSlides(found: FoundInSlides): readonly ReadingNote[] {
  const notes: (ReadingNote | false)[] = [
    found.hiddenSlides.length > 0 && { code: 'hidden_slides_read', params: { slides: found.hiddenSlides } },
    found.hasEquations && { code: 'equations_as_symbols', params: {} },
    found.hasOtherCharts && { code: 'drawings_not_read', params: {} },
    ...notesOnObjects(found.objects),
    found.hasControls && { code: 'controls_not_read', params: {} },
    found.largeImages > 0 && { code: 'large_images_not_read', params: { count: found.largeImages } },
    found.unknownSigns > 0 && { code: 'signs_unknown', params: { count: found.unknownSigns } },
  ];
  return notes.filter((note) => note !== false);
}
