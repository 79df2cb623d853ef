import { useState } from 'react';
import { problemSentence } from '../../../shared/problem-words.ts';
import { request } from './bridge.ts';

/** The server's models, requested when the list is first opened. */
export function useModels() {
  const [models, setModels] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const load = async () => {
    if (models.length > 0) return;
    const answer = await request('settings.models', undefined);
    if (answer.ok) setModels(answer.value);
    setProblem(answer.ok ? null : problemSentence(answer.error));
  };
  return { models, problem, load: () => void load() };
}
