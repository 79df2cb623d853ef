import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Message } from '../../../shared/chat-data.ts';
import { IconButton } from '../ui/button.tsx';
import { chat } from './chat-instance.ts';
import styles from './message-item.module.css';

interface VersionSwitchProps {
  readonly message: Message;
  readonly siblings: readonly string[];
}

/** ‹ 1/2 ›: switches between versions of an edited question or a regenerated reply. */
export function VersionSwitch({ message, siblings }: VersionSwitchProps) {
  if (siblings.length < 2) return null;
  const place = siblings.indexOf(message.id);
  const show = (id: string | undefined) => {
    if (id !== undefined) void chat.showVersion(message.conversationId, id);
  };
  return (
    <span className={styles.versions}>
      <IconButton
        label="Previous version"
        icon={<ChevronLeft />}
        size="small"
        disabled={place <= 0}
        onClick={() => show(siblings[place - 1])}
      />
      <span>
        {place + 1}/{siblings.length}
      </span>
      <IconButton
        label="Next version"
        icon={<ChevronRight />}
        size="small"
        disabled={place >= siblings.length - 1}
        onClick={() => show(siblings[place + 1])}
      />
    </span>
  );
}
