import { AlignLeft, Gauge, List, type LucideIcon, MessageSquare, PlugZap, Tags } from 'lucide-react';
import type { CallTask } from '../platform/call-words.ts';

const icons: Readonly<Record<CallTask, LucideIcon>> = {
  chat: MessageSquare,
  summary: AlignLeft,
  sentiment: Gauge,
  topics: Tags,
  models: List,
  test: PlugZap,
};

/** Always shown beside the task's name. */
export function TaskIcon({ task }: { readonly task: CallTask }) {
  const Icon = icons[task];
  return <Icon aria-hidden />;
}
