import type { SettingsField } from '../../../shared/problem-action.ts';
import type { ConnectionCheck, DiscoveredServer, ProviderKind } from '../../../shared/provider-data.ts';
import { providerPresets } from '../../../shared/providers.ts';
import type { KeyState } from '../../../shared/settings-data.ts';
import { formatCount } from '../ui/format.ts';
import type { Destination } from './provider-draft.ts';

export const providerDetails: Readonly<Record<ProviderKind, string>> = {
  builtin: 'No AI model. Works at once and offline: extracts, word-list tone, key terms.',
  openai: 'Models at api.openai.com. Needs a key; text leaves this machine.',
  ollama: 'Models on this machine, by default at port 11434.',
  lmstudio: 'Models on this machine, by default at port 1234.',
  llamacpp: 'Models on this machine, by default at port 8080.',
  other: 'Any server that speaks OpenAI’s chat completions: vLLM, Ray Serve, a gateway.',
};

export function foundWords({ name, models }: DiscoveredServer): string {
  if (models.length === 0) return `${name} is running here, without a model.`;
  return `${name} is running here with ${formatCount(models.length, 'model')}.`;
}

/** Where text goes; `isSaved` tells whether it does so already. */
export function destinationWords(destination: Destination, isSaved: boolean): string {
  switch (destination.kind) {
    case 'builtin':
      return 'Nothing leaves this machine.';
    case 'local':
      return `Text goes to ${destination.host} on this machine and does not leave it.`;
    case 'remote': {
      const when = isSaved ? 'Chat messages' : 'Once saved, chat messages';
      return `${when} and the text of files in batches that you start go to ${destination.host}. Nothing is sent before that.`;
    }
    case 'unknown':
      return 'Enter an address to see where text will go.';
  }
}

/** Said at the address, before anything goes there; null where nobody is on the way, or nobody can read along. */
export function unencryptedWords(destination: Destination): string | null {
  if (destination.kind !== 'remote' || !destination.plain) return null;
  return 'http:// is not encrypted: others on the way can read texts and key. Use https:// if the server has it.';
}

/** Where a stored key is, as it is. */
export function keyWords({ storage, backend }: KeyState): string {
  switch (storage) {
    case 'none':
      return 'No key.';
    case 'environment':
      return 'From OPENAI_API_KEY; Docket does not store it. A key that you enter here takes its place.';
    case 'session':
      return 'Kept in memory until Docket closes.';
    case 'encrypted':
      return `Encrypted on this machine by ${backendName(backend)}.`;
    case 'weak':
      return `On disk, only scrambled: ${backend} does not encrypt.`;
  }
}

/** Names as the systems' users know them; others as the system calls them. */
export function backendName(backend: string): string {
  const names: Readonly<Record<string, string>> = {
    gnome_libsecret: 'the GNOME keyring',
    kwallet: 'KWallet',
    kwallet5: 'KWallet',
    kwallet6: 'KWallet',
    keychain: 'the macOS keychain',
    dpapi: 'Windows',
  };
  return names[backend] ?? backend;
}

/** What leads to the field that mends something. */
export const fieldNames: Readonly<Record<SettingsField, string>> = {
  provider: 'Choose another provider',
  baseUrl: 'Go to the address',
  key: 'Go to the key',
  model: 'Go to the model',
  contextTokens: 'Go to the context',
  firstTokenTimeoutMs: 'Go to the time-out',
  idleTimeoutMs: 'Go to the time-out',
};

export const layers: readonly ConnectionCheck['layer'][] = ['address', 'connection', 'key', 'models', 'reply'];

export const layerNames: Readonly<Record<ConnectionCheck['layer'], string>> = {
  address: 'Address',
  connection: 'Connection',
  key: 'Key',
  models: 'Model list',
  reply: 'Reply',
};

export function providerName(kind: ProviderKind): string {
  return providerPresets[kind].name;
}
