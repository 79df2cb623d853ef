import { type Problem, problem } from '../../shared/problem.ts';

/** The problem of a document that holds neither text nor pictures: whether it holds objects or controls. */
export function textlessDocument(hasObjects: boolean): Problem {
  return hasObjects
    ? problem('file_no_text', { what: 'document_objects' })
    : problem('file_empty', { what: 'document' });
}
