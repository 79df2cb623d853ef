import { Files, History, type LucideIcon, MessageSquare, Settings } from 'lucide-react';

export type SurfaceId = 'chat' | 'batch' | 'history' | 'settings';

interface Surface {
  readonly id: SurfaceId;
  readonly name: string;
  readonly Icon: LucideIcon;
  readonly shortcut: string;
}

/** In the order of the rail. */
export const surfaces: readonly Surface[] = [
  { id: 'chat', name: 'Chat', Icon: MessageSquare, shortcut: 'Mod+1' },
  { id: 'batch', name: 'Batch', Icon: Files, shortcut: 'Mod+2' },
  { id: 'history', name: 'History', Icon: History, shortcut: 'Mod+3' },
  { id: 'settings', name: 'Settings', Icon: Settings, shortcut: 'Mod+4' },
];
