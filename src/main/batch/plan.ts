/** What a batch would send, told before it runs. */
import type { BatchPlan, PlannedFormat } from '../../shared/batch-plan.ts';
import type { Recipe } from '../../shared/recipe.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import { isPlainText } from '../documents/format.ts';
import { type Group, groupsOf, promptOf } from '../recipes/ask-group.ts';
import type { Reads } from '../store/operations.ts';

/** Of plain text in most languages; the estimate from the text itself takes its place when it is sent. */
const BYTES_A_TOKEN = 4;

export async function planOf(
  read: Pick<Reads, 'formatsWaiting' | 'reasonsOfFailed'>,
  batchId: string,
  recipe: Recipe,
  llm: boolean,
): Promise<BatchPlan> {
  const [formats, unreadable] = await Promise.all([read.formatsWaiting(batchId), read.reasonsOfFailed(batchId)]);
  const groups = groupsOf(recipe, recipe.questions, llm);
  const texts = formats.map(knownText);
  const files = texts.reduce((sum, text) => sum + text.files, 0);
  const bytes = texts.reduce((sum, text) => sum + text.bytes, 0);
  return {
    formats,
    unreadable,
    requestsPerFile: groups.length,
    tokens: tokensToSend({ recipe, groups, llm }, { files, bytes }),
    unmeasured: formats.reduce((sum, format) => sum + format.files, 0) - files,
  };
}

/** Files of one kind whose amount of text is known, and that amount: plain text is as long as its file. */
function knownText({ extension, files, bytes, read, textBytes }: PlannedFormat): Texts {
  return isPlainText(extension) ? { files, bytes } : { files: read, bytes: textBytes };
}

/** How many texts, and their size in bytes together. */
interface Texts {
  readonly files: number;
  readonly bytes: number;
}

interface Asking {
  readonly recipe: Recipe;
  readonly groups: readonly Group[];
  readonly llm: boolean;
}

/** An estimate of the texts and questions that would be sent for some files, given the size of their texts. */
export function tokensToSend({ recipe, groups, llm }: Asking, { files, bytes }: Texts): number {
  const noText = { name: '', text: '' };
  const asked = groups.reduce((sum, group) => sum + estimateTokens(promptOf(recipe, group, noText, llm).content), 0);
  return Math.round((bytes / BYTES_A_TOKEN) * groups.length) + asked * files;
}
