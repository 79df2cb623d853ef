import { bridge } from './bridge.ts';
import { createSettingsStore } from './settings-store.ts';
import { createStatusStore } from './status-store.ts';
import { createUpdateStore } from './update-store.ts';

/** Stores that belong to no single surface; main.tsx starts them. */
export const statusStore = createStatusStore(bridge);
export const updateStore = createUpdateStore(bridge);
export const settingsStore = createSettingsStore(bridge);
