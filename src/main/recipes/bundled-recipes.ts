import type { Recipe } from '../../shared/recipe.ts';
import { contractTerms } from './bundled/contract-terms.ts';
import { cvScreening } from './bundled/cv-screening.ts';
import { fiveWordSummary } from './bundled/five-words.ts';
import { invoiceFields } from './bundled/invoice-fields.ts';
import { meetingDecisions } from './bundled/meeting.ts';
import { standardRecipe } from './standard.ts';

/** They come with Docket and cannot be changed, only duplicated. The first is the default. */
export const bundledRecipes: readonly Recipe[] = [
  standardRecipe,
  fiveWordSummary,
  contractTerms,
  invoiceFields,
  meetingDecisions,
  cvScreening,
];
