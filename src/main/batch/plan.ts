/** What a batch would send, told before it runs. */
import type { Batch } from '../../shared/batch-data.ts';
import type { BatchPlan, NoPictures, PlannedFormat } from '../../shared/batch-plan.ts';
import { type Recipe, sendingOf } from '../../shared/recipe.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import { isPlainText } from '../documents/format.ts';
import { isForeign } from '../documents/signature.ts';
import type { Connection } from '../llm/connection.ts';
import { type Group, groupsOf, promptOf } from '../recipes/ask-group.ts';
import { PICTURE_TOKENS } from '../recipes/page-pieces.ts';
import { whyNoPicture } from '../recipes/part-room.ts';
import { sendingFor } from '../recipes/sending.ts';
import type { Reads } from '../store/operations.ts';
import type { Destination, FilesToAsk } from './batch-record.ts';

/** Of plain text in most languages; the estimate from the text itself takes its place when it is sent. */
const BYTES_A_TOKEN = 4;

export async function planOf(
  read: Pick<Reads, 'formatsWaiting' | 'reasonsOfFailed'>,
  { id, recipe, host, model, llm }: Batch,
  connection: Connection,
): Promise<BatchPlan> {
  const [waiting, unreadable] = await Promise.all([read.formatsWaiting(id), read.reasonsOfFailed(id)]);
  const isToRead = ({ extension, read: before }: PlannedFormat) => before > 0 || !isForeign(extension);
  const formats = waiting.filter(isToRead);
  const groups = groupsOf(recipe, recipe.questions, llm);
  const known = formats.map((format) => knownOf(format, recipe, llm));
  const sum = (of: (amount: Amount) => number) => known.reduce((total, amount) => total + of(amount), 0);
  const all = { files: sum(({ files }) => files), bytes: sum(({ bytes }) => bytes), pages: sum(({ pages }) => pages) };
  return {
    formats,
    foreign: waiting.filter((format) => !isToRead(format)),
    unreadable,
    requestsPerFile: groups.length,
    tokens: tokensToSend({ recipe, groups, llm }, all),
    unmeasured: formats.reduce((total, format) => total + format.files, 0) - all.files,
    pictures: all.pages,
    noPictures: whyNoPictures(recipe, { host, model, llm }, connection),
  };
}

/** What is known against sending pictures; nothing is of another host than that of the connection. */
export function whyNoPictures(
  recipe: Recipe,
  { host, model, llm }: Pick<Destination, 'host' | 'model' | 'llm'>,
  connection: Connection,
): NoPictures | null {
  if (!llm || sendingOf(recipe) === 'text' || connection.settings.provider.host !== host) return null;
  if (connection.quirksOf(model).sees === false) return 'not_seen';
  return whyNoPicture(1, { recipe, name: '', model }, connection) === null ? null : 'no_room';
}

/** How many files, the size of the texts that are sent of them in bytes, and the pages that are sent as pictures. */
interface Amount {
  readonly files: number;
  readonly bytes: number;
  readonly pages: number;
}

/** Files of one kind of which it is known what would be sent: plain text is as long as its file, most images are one page. */
function knownOf(
  { extension, files, bytes, read, textBytes, pages }: PlannedFormat,
  recipe: Recipe,
  llm: boolean,
): Amount {
  const sending = sendingFor(recipe, formatOf(extension), llm);
  if (sending === 'text') {
    return isPlainText(extension) ? { files, bytes, pages: 0 } : { files: read, bytes: textBytes, pages: 0 };
  }
  const ofText = sending === 'both' ? textBytes : 0;
  const isOnePage = sending === 'pages' && read === 0 && ONE_PAGE.has(formatOf(extension));
  return isOnePage ? { files, bytes: 0, pages: files } : { files: read, bytes: ofText, pages };
}

const ONE_PAGE: ReadonlySet<string> = new Set(['png', 'jpeg', 'webp', 'gif', 'bmp', 'heic', 'avif']);

/** The format that names with an extension mostly have. */
function formatOf(extension: string): string {
  return { jpg: 'jpeg', tif: 'tiff', heif: 'heic', hif: 'heic' }[extension] ?? extension;
}

interface Asking {
  readonly recipe: Recipe;
  readonly groups: readonly Group[];
  readonly llm: boolean;
}

/** An estimate of what would be sent of some files: texts, pictures and questions. */
export function tokensToSend({ recipe, groups, llm }: Asking, { files, bytes, pages }: Amount): number {
  const noText = { name: '', text: '' };
  const asked = groups.reduce((sum, group) => sum + estimateTokens(promptOf(recipe, group, noText, llm).content), 0);
  return Math.round((bytes / BYTES_A_TOKEN + pages * PICTURE_TOKENS) * groups.length) + asked * files;
}

/** What would be sent of files that were read before. */
export function amountOf({ read, textBytes, pages, pageTextBytes }: FilesToAsk, recipe: Recipe, llm: boolean): Amount {
  const sending = llm ? sendingOf(recipe) : 'text';
  if (sending === 'text') return { files: read, bytes: textBytes, pages: 0 };
  return { files: read, bytes: sending === 'both' ? textBytes : textBytes - pageTextBytes, pages };
}
