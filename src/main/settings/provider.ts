import { isLoopback } from '../../shared/base-url.ts';
import type { ProviderInfo } from '../../shared/provider-data.ts';
import { providerPresets } from '../../shared/providers.ts';
import type { Settings } from '../../shared/settings-data.ts';

/** Shown for the built-in engine without its port, which changes at each start. */
const BUILTIN_HOST = '127.0.0.1';

/** The provider that the settings describe. */
export function providerOf(settings: Settings): ProviderInfo {
  const preset = providerPresets[settings.provider];
  if (settings.provider === 'builtin') {
    return { kind: 'builtin', name: preset.name, host: BUILTIN_HOST, llm: false, local: true, model: preset.model };
  }
  const url = URL.canParse(settings.baseUrl) ? new URL(settings.baseUrl) : null;
  return {
    kind: settings.provider,
    name: settings.provider === 'other' && url !== null ? url.host : preset.name,
    host: url?.host ?? '',
    llm: true,
    local: url !== null && isLoopback(url.hostname),
    model: settings.model,
  };
}

/** Scheme, host and port. A key entered for one origin is never sent to another. */
export function originOf(settings: Settings): string | null {
  if (settings.provider === 'builtin' || !URL.canParse(settings.baseUrl)) return null;
  return new URL(settings.baseUrl).origin;
}
