import type { EffortChoice } from '../../../shared/efforts.ts';
import type { SettingsField } from '../../../shared/problem-action.ts';
import type { ConnectionCheck, DiscoveredServer, ProviderKind } from '../../../shared/provider-data.ts';
import { providerPresets } from '../../../shared/providers.ts';
import type { KeyState, SettingsView } from '../../../shared/settings-data.ts';
import { formatCount } from '../ui/format.ts';
import type { Destination } from './provider-draft.ts';

export const providerDetails: Readonly<Record<ProviderKind, string>> = {
  builtin: 'No AI model. Works offline, without setup: extracts, word-list tone, key terms.',
  openai: 'Models at api.openai.com. Needs a key; text leaves this machine.',
  ollama: 'Models on this machine, on port 11434 by default.',
  lmstudio: 'Models on this machine, on port 1234 by default.',
  llamacpp: 'Models on this machine, on port 8080 by default.',
  other: 'Any server with an OpenAI-compatible API: vLLM, Ray Serve, a gateway.',
};

export function foundWords({ name, models }: DiscoveredServer): string {
  if (models.length === 0) return `${name} is running here, but has no model.`;
  return `${name} is running here with ${formatCount(models.length, 'model')}.`;
}

/** Where text goes; `isSaved` says whether it goes there already. */
export function destinationWords(destination: Destination, isSaved: boolean): string {
  switch (destination.kind) {
    case 'builtin':
      return 'Nothing leaves this machine.';
    case 'local':
      return `Text goes to ${destination.host} on this machine and does not leave it.`;
    case 'remote': {
      const when = isSaved ? 'Chat messages' : 'Once saved, chat messages';
      return `${when} and the text of files in batches you start go to ${destination.host}. Nothing is sent before that.`;
    }
    case 'unknown':
      return 'Enter an address to see where text will go.';
  }
}

/** A warning at the address, before anything is sent there; null if the connection is encrypted or local. */
export function unencryptedWords(destination: Destination): string | null {
  if (destination.kind !== 'remote' || !destination.plain) return null;
  return 'http:// is not encrypted: others on the network can read your texts and key. Use https:// if the server supports it.';
}

/** Where and how a stored key is kept. */
export function keyWords({ storage, backend }: KeyState): string {
  switch (storage) {
    case 'none':
      return 'No key.';
    case 'environment':
      return 'From OPENAI_API_KEY; Docket does not store it. A key entered here replaces it.';
    case 'session':
      return 'Kept in memory until Docket closes.';
    case 'encrypted':
      return `Encrypted on this machine by ${backendName(backend)}.`;
    case 'weak':
      return `On disk, but only obfuscated: ${backend} does not encrypt it.`;
  }
}

/** The user-facing name of a key store; otherwise the system's own name. */
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

export const effortNames: Readonly<Record<EffortChoice, string>> = {
  least: 'As little as the model allows',
  model: 'The model’s own',
  none: 'None',
  minimal: 'Minimal',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  xhigh: 'Extra high',
  max: 'Maximum',
};

/** What is used while the context is left to Docket, and who says so. */
export function contextWords({ tokens, from }: SettingsView['context']): string {
  const size = formatCount(tokens, 'token');
  switch (from) {
    case 'setting':
      return 'Clear the field to leave it to Docket.';
    case 'server':
      return `Now ${size}, as the server says.`;
    case 'table':
      return `Now ${size}, as published for this model.`;
    case 'default':
      return `Assumed to be ${size}, because this model’s context is not known.`;
  }
}

/** Labels of buttons that lead to the field to change. */
export const fieldNames: Readonly<Record<SettingsField, string>> = {
  provider: 'Choose another provider',
  baseUrl: 'Go to the address',
  key: 'Go to the key',
  model: 'Go to the model',
  contextTokens: 'Go to the context',
  firstTokenTimeoutMs: 'Go to the time-out',
  idleTimeoutMs: 'Go to the time-out',
  recognition: 'Go to text recognition',
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
