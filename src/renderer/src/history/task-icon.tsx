import { FileQuestionMark, List, type LucideIcon, MessageSquare, PlugZap } from 'lucide-react';
import type { CallTask } from '../../../shared/call-data.ts';

const icons: Readonly<Record<CallTask, LucideIcon>> = {
  chat: MessageSquare,
  question: FileQuestionMark,
  models: List,
  test: PlugZap,
};

/** Always shown beside the task's name. */
export function TaskIcon({ task }: { readonly task: CallTask }) {
  const Icon = icons[task];
  return <Icon aria-hidden />;
}
