import type { ProviderKind } from '../../../shared/provider-data.ts';

/** In the order of the list. */
export const providerKinds: readonly ProviderKind[] = ['builtin', 'openai', 'ollama', 'lmstudio', 'llamacpp', 'other'];
