import { type ComponentType, lazy } from 'react';
import { ChatView } from '../chat/chat-view.tsx';
import type { SurfaceId } from '../platform/surfaces.ts';

const loadBatch = () => import('../batch/batch-view.tsx');
const loadHistory = () => import('../history/history-view.tsx');
const loadSettings = () => import('../settings/settings-view.tsx');

/** The first frame needs the chat. The others are separate chunks, loaded only when needed. */
export const views: Readonly<Record<SurfaceId, ComponentType>> = {
  chat: ChatView,
  batch: lazy(async () => ({ default: (await loadBatch()).BatchView })),
  history: lazy(async () => ({ default: (await loadHistory()).HistoryView })),
  settings: lazy(async () => ({ default: (await loadSettings()).SettingsView })),
};

const loaders: Readonly<Record<SurfaceId, () => Promise<unknown>>> = {
  chat: async () => {},
  batch: loadBatch,
  history: loadHistory,
  settings: loadSettings,
};

/** Loads a surface early, because the pointer is approaching it. */
export function loadView(surface: SurfaceId): Promise<unknown> {
  return loaders[surface]();
}
