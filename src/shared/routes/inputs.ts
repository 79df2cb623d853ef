/** Parts of inputs that routes of several surfaces take. */
import { z } from 'zod';
import { MAX_ATTACHMENTS } from '../attachments.ts';

export const nothing = z.undefined();
export const id = z.uuid();
export const itemId = z.number().int();
export const recipeId = z.string().min(1).max(64);
export const oneBatch = z.object({ batchId: id });
export const oneFile = z.object({ itemId });
export const model = z.string().trim().min(1).max(200);
export const searched = z.string().max(500, 'A search can have at most 500 characters.');
export const attachmentIds = z
  .array(id)
  .max(MAX_ATTACHMENTS, `A message can have at most ${MAX_ATTACHMENTS} attached files.`);
