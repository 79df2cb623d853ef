import { type ClipboardEvent, useCallback } from 'react';
import { useStore } from 'zustand';
import { attachFiles } from './chat-actions.ts';
import type { DraftFile } from './draft-files.ts';
import { isLongText } from './long-field.ts';
import { addPastedText, type DraftContents, type MessageDraft } from './message-draft.ts';

const noFiles: readonly DraftFile[] = [];

/** The content of a draft, updated as it changes. */
export function useDraft({ drafts, key }: MessageDraft): DraftContents {
  const text = useStore(drafts.texts, (state) => state.drafts[key] ?? '');
  const pasted = useStore(drafts.pasted, (state) => state.drafts[key] ?? '');
  const files = useStore(drafts.files, (state) => state.files[key] ?? noFiles);
  return { text, pasted, files };
}

/**
 * Attaches pasted files, and puts a long pasted text above the field. Programs that copy text often add an image of it;
 * then the text is used.
 */
export function usePaste(draft: MessageDraft): (event: ClipboardEvent) => void {
  return useCallback(
    (event) => {
      const { files, types } = event.clipboardData;
      const text = event.clipboardData.getData('text/plain');
      if (files.length > 0 && !types.includes('text/html')) void attachFiles(draft, [...files]);
      else if (isLongText(text)) addPastedText(draft, text);
      else return;
      event.preventDefault();
    },
    [draft],
  );
}
