import { z } from 'zod';
import type { ConnectionCheck, DiscoveredServer } from '../provider-data.ts';
import type { LanguageList } from '../recognition-languages.ts';
import type { KeyState, SettingsView } from '../settings-data.ts';
import { settingsSchema } from '../settings-schema.ts';
import { nothing } from './inputs.ts';
import { route } from './route.ts';

export const settingsRoutes = {
  'settings.get': route(nothing).returns<SettingsView>(),
  'settings.save': route(settingsSchema).returns<SettingsView>(),
  /** `allowWeak`: store the key on disk even though the system's backend only obfuscates it. */
  'settings.setKey': route(
    z.object({
      key: z.string().trim().min(1).max(1000, 'An API key can have at most 1,000 characters.'),
      allowWeak: z.boolean(),
    }),
  ).returns<KeyState>(),
  'settings.clearKey': route(nothing).returns<KeyState>(),
  'settings.models': route(nothing).returns<readonly string[]>(),
  'settings.discover': route(nothing).returns<readonly DiscoveredServer[]>(),
  /** The languages that words in scans can be recognised in. */
  'settings.languages': route(nothing).returns<LanguageList>(),
  /** Asks for a folder with data of further languages; null if the user cancels. */
  'settings.pickLanguageFolder': route(nothing).returns<LanguageList | null>(),
  'settings.forgetLanguageFolder': route(nothing).returns<LanguageList>(),
  'settings.test': route(nothing).returns<readonly ConnectionCheck[]>(),
} as const;
