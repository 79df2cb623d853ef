import type { Command } from '../platform/commands.ts';
import { navigate } from '../platform/navigation-store.ts';
import { settingsForm } from './settings.ts';

/** Commands for the palette. They work from every surface. */
export const settingsCommands: readonly Command[] = [
  {
    id: 'settings.test',
    title: 'Test connection',
    group: 'Settings',
    keywords: 'provider server check key',
    run: () => {
      navigate({ surface: 'settings', section: 'provider' });
      void settingsForm.testConnection();
    },
  },
  {
    id: 'settings.provider',
    title: 'Choose provider and model…',
    group: 'Settings',
    keywords: 'openai ollama lm studio llama key connect',
    run: () => navigate({ surface: 'settings', section: 'provider' }),
  },
];
