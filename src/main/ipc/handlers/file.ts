import type { fileRoutes } from '../../../shared/routes/file.ts';
import type { Docket } from '../../compose.ts';
import type { HandlersOf } from '../router.ts';

export function createFileHandlers({ files }: Docket): HandlersOf<typeof fileRoutes> {
  return {
    'file.text': ({ file }) => files.text(file),
    'file.pagePicture': ({ file, page, width }) => files.picture(file, page, width),
    'file.pageMarks': ({ file, page, spans }) => files.marks(file, page, spans),
  };
}
