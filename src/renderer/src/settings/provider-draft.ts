import { isLoopback, whyNotBaseUrl } from '../../../shared/base-url.ts';
import type { DiscoveredServer, ProviderKind } from '../../../shared/provider-data.ts';
import { providerPresets } from '../../../shared/providers.ts';
import type { Settings } from '../../../shared/settings-data.ts';

/** The provider section being edited. It takes effect only when saved. */
export interface ProviderDraft {
  readonly provider: ProviderKind;
  readonly baseUrl: string;
  readonly model: string;
  /** As typed. */
  readonly temperature: string;
}

export type DraftErrors = { readonly [Field in 'baseUrl' | 'model' | 'temperature']?: string };

export function draftOf(settings: Settings): ProviderDraft {
  const { provider, baseUrl, model, temperature } = settings;
  const preset = providerPresets[provider];
  return {
    provider,
    baseUrl: baseUrl === '' ? preset.baseUrl : baseUrl,
    model: model === '' && provider !== 'builtin' ? preset.model : model,
    temperature: String(temperature),
  };
}

/** The fields for a newly chosen provider: what was typed for it before, what runs on this machine, or its defaults. */
export function draftFor(
  provider: ProviderKind,
  current: ProviderDraft,
  earlier: Pick<ProviderDraft, 'baseUrl' | 'model'> | undefined,
  found: readonly DiscoveredServer[],
): ProviderDraft {
  const preset = providerPresets[provider];
  const server = found.find((candidate) => candidate.kind === provider);
  const { baseUrl, model } = earlier ?? {
    baseUrl: server?.baseUrl ?? preset.baseUrl,
    model: provider === 'builtin' ? '' : (server?.models[0] ?? preset.model),
  };
  return { provider, baseUrl, model, temperature: current.temperature };
}

export function sameDraft(a: ProviderDraft, b: ProviderDraft): boolean {
  const fieldsCount = a.provider !== 'builtin';
  return (
    a.provider === b.provider &&
    Number(a.temperature) === Number(b.temperature) &&
    a.temperature.trim() !== '' &&
    (!fieldsCount || (a.baseUrl.trim() === b.baseUrl.trim() && a.model.trim() === b.model.trim()))
  );
}

export function checkDraft(draft: ProviderDraft): DraftErrors {
  const errors: { -readonly [Field in keyof DraftErrors]: string } = {};
  if (draft.provider !== 'builtin') {
    const address = draft.baseUrl.trim();
    const wrong =
      address === '' ? 'Enter the server’s address, for example http://127.0.0.1:8080/v1.' : whyNotBaseUrl(address);
    if (wrong !== null) errors.baseUrl = wrong;
    if (draft.model.trim().length > 200) errors.model = 'A model name can have at most 200 characters.';
  }
  const temperature = Number(draft.temperature.trim().replace(',', '.'));
  if (draft.temperature.trim() === '' || !(temperature >= 0 && temperature <= 2)) {
    errors.temperature = 'Enter a number from 0 to 2.';
  }
  return errors;
}

/** The settings with the draft applied. The draft must be free of errors. */
export function withDraft(settings: Settings, draft: ProviderDraft): Settings {
  const builtin = draft.provider === 'builtin';
  return {
    ...settings,
    provider: draft.provider,
    baseUrl: builtin ? '' : draft.baseUrl.trim(),
    model: builtin ? '' : draft.model.trim(),
    temperature: Number(draft.temperature.trim().replace(',', '.')),
  };
}

export type Destination =
  | { readonly kind: 'builtin' }
  | { readonly kind: 'local'; readonly host: string }
  | { readonly kind: 'remote'; readonly host: string; readonly plain: boolean }
  | { readonly kind: 'unknown' };

/** Where text will go with this draft. */
export function destinationOf(draft: Pick<ProviderDraft, 'provider' | 'baseUrl'>): Destination {
  if (draft.provider === 'builtin') return { kind: 'builtin' };
  const url = parseHttpUrl(draft.baseUrl);
  if (url === null) return { kind: 'unknown' };
  if (isLoopback(url.hostname)) return { kind: 'local', host: url.host };
  return { kind: 'remote', host: url.host, plain: url.protocol === 'http:' };
}

/** A key is bound to the origin it was entered for and is never sent to another one. */
export function sameOrigin(
  a: Pick<ProviderDraft, 'provider' | 'baseUrl'>,
  b: Pick<ProviderDraft, 'provider' | 'baseUrl'>,
): boolean {
  if (a.provider === 'builtin' || b.provider === 'builtin') return a.provider === b.provider;
  const origin = parseHttpUrl(a.baseUrl)?.origin;
  return origin !== undefined && origin === parseHttpUrl(b.baseUrl)?.origin;
}

function parseHttpUrl(text: string): URL | null {
  const url = URL.parse(text.trim());
  return url !== null && /^https?:$/.test(url.protocol) && /^https?:\/\//i.test(text.trim()) ? url : null;
}
