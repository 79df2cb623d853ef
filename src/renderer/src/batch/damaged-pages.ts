import type { ItemRow } from '../../../shared/batch-data.ts';

/** More are not named in a button; the problem beside it names them. */
const NAMED = 5;

/** The choice to read a file without its damaged pages; null if it has none, or no others. */
export function withoutPagesLabel({ status, problem }: ItemRow): string | null {
  if (status !== 'failed' || problem?.code !== 'file_damaged') return null;
  const { params } = problem;
  if (params.what !== 'pdf_damaged_pages' || params.damaged.length >= params.pages) return null;
  const { damaged } = params;
  if (damaged.length > NAMED) return `Read without ${damaged.length} damaged pages`;
  return `Read without ${damaged.length === 1 ? 'page' : 'pages'} ${damaged.join(', ')}`;
}
