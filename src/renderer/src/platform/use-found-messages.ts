import { useEffect, useState } from 'react';
import type { FoundMessage } from '../../../shared/chat-data.ts';
import { bridge } from './bridge.ts';

/** Delay before searching, so that not every key press starts a search. */
const FIND_DELAY_MS = 150;
/** A single letter occurs in every message, but a single Chinese character is a word. */
const LONG_ENOUGH = /\P{ASCII}|../u;

const none: readonly FoundMessage[] = [];

/** Messages that contain the words of a query; null while searching. */
export function useFoundMessages(query: string, limit: number): readonly FoundMessage[] | null {
  const [found, setFound] = useState<{ readonly query: string; readonly messages: readonly FoundMessage[] } | null>(
    null,
  );
  const wanted = query.trim();
  useEffect(() => {
    if (!LONG_ENOUGH.test(wanted)) return undefined;
    let left = false;
    const timer = setTimeout(async () => {
      const answer = await bridge.request('chat.find', { text: wanted, limit });
      if (!left) setFound({ query: wanted, messages: answer.ok ? answer.value : none });
    }, FIND_DELAY_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [wanted, limit]);
  if (!LONG_ENOUGH.test(wanted)) return none;
  return found?.query === wanted ? found.messages : null;
}
