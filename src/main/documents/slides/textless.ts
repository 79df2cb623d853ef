import { type Problem, problem } from '../../../shared/problem.ts';
import type { FoundInSlides } from './found-in-slides.ts';

/** The problem of a presentation without text: what else its slides hold. */
export function textlessSlides({ largeImages, objects, hasControls, hasOtherCharts }: FoundInSlides): Problem {
  if (largeImages > 0) return problem('file_no_text', { what: 'presentation_images' });
  if (objects.size > 0) return problem('file_no_text', { what: 'presentation_objects' });
  return hasControls || hasOtherCharts
    ? problem('file_no_text', { what: 'presentation_drawings' })
    : problem('file_empty', { what: 'presentation' });
}
