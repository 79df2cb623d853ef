import type { ProviderKind } from '../../../shared/provider-data.ts';

/** In display order. */
export const providerKinds: readonly ProviderKind[] = ['builtin', 'openai', 'ollama', 'lmstudio', 'llamacpp', 'other'];
