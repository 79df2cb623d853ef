import { describe, expect, it } from 'vitest';
import {
  checkDraft,
  destinationOf,
  draftOf,
  type ProviderDraft,
  sameDraft,
  sameOrigin,
  withDraft,
} from '../../../src/renderer/src/settings/provider-draft.ts';
import { unencryptedWords } from '../../../src/renderer/src/settings/settings-words.ts';
import { defaultSettings, settingsSchema } from '../../../src/shared/settings-schema.ts';

const other: ProviderDraft = {
  provider: 'other',
  baseUrl: 'https://models.example/v1',
  model: 'm',
  temperature: '0.2',
};

describe('the provider draft', () => {
  it('says where text will go', () => {
    const at = (baseUrl: string) => destinationOf({ provider: 'other', baseUrl });
    expect(destinationOf({ provider: 'builtin', baseUrl: 'https://ignored.example' })).toEqual({ kind: 'builtin' });
    expect(at('https://api.openai.com/v1')).toEqual({ kind: 'remote', host: 'api.openai.com', plain: false });
    expect(at('http://10.0.0.5:8000/v1')).toEqual({ kind: 'remote', host: '10.0.0.5:8000', plain: true });
    expect(at('http://127.0.0.1:11434/v1')).toEqual({ kind: 'local', host: '127.0.0.1:11434' });
    expect(at('http://[::1]:1234/v1').kind).toBe('local');
    expect(at('http://127.0.0.1.example.com/v1').kind).toBe('remote');
    expect(at('http://localhost@example.com/v1').kind).toBe('remote');
    expect(at('api.openai.com').kind).toBe('unknown');
    expect(at('file:///etc/passwd').kind).toBe('unknown');
  });

  it('warns of an unencrypted address', () => {
    const warning = (baseUrl: string) => unencryptedWords(destinationOf({ provider: 'other', baseUrl }));
    expect(warning('http://10.0.0.5:8000/v1')).toMatch(/^http:\/\/ is not encrypted/);
    expect(warning('http://gpu-box:8000/v1')).not.toBeNull();
    expect(warning('https://10.0.0.5:8000/v1')).toBeNull();
    expect(warning('http://127.0.0.1:8000/v1')).toBeNull();
    expect(warning('http://localhost:8000/v1')).toBeNull();
    expect(warning('half typed')).toBeNull();
  });

  it.each([
    '',
    'models.example/v1',
    'ftp://models.example',
    'http://',
    'http://me:secret@models.example/v1',
    'http://models.example/v1#part',
  ])('refuses the address "%s"', (baseUrl) => {
    expect(checkDraft({ ...other, baseUrl }).baseUrl).toBeTypeOf('string');
  });

  it.each(['', 'warm', '-0.1', '2.1'])('refuses the temperature "%s"', (temperature) => {
    expect(checkDraft({ ...other, temperature }).temperature).toBeTypeOf('string');
  });

  it.each(['0', '0.7', '1,5', ' 2 '])('accepts the temperature "%s"', (temperature) => {
    expect(checkDraft({ ...other, temperature })).toEqual({});
  });

  it('produces settings that the main process accepts', () => {
    for (const draft of [other, { ...other, provider: 'builtin', baseUrl: 'half typed' } as const]) {
      expect(checkDraft(draft)).toEqual({});
      expect(settingsSchema.safeParse(withDraft(defaultSettings, draft)).success).toBe(true);
    }
  });

  it('is the same after saving', () => {
    expect(sameDraft(draftOf(withDraft(defaultSettings, other)), other)).toBe(true);
    expect(sameDraft({ ...other, model: 'n' }, other)).toBe(false);
    expect(sameDraft({ ...other, temperature: '0.20' }, other)).toBe(true);
    expect(sameDraft({ ...other, temperature: '' }, { ...other, temperature: '0' })).toBe(false);
  });

  it('says whether a key for one server applies to another', () => {
    const at = (baseUrl: string) => ({ provider: 'other', baseUrl }) as const;
    expect(sameOrigin(at('https://a.example/v1'), at('https://a.example/v2'))).toBe(true);
    expect(sameOrigin(at('https://a.example/v1'), at('http://a.example/v1'))).toBe(false);
    expect(sameOrigin(at('https://a.example/v1'), at('https://b.example/v1'))).toBe(false);
    expect(sameOrigin(at('half typed'), at('half typed'))).toBe(false);
    expect(sameOrigin({ provider: 'builtin', baseUrl: '' }, at('https://a.example'))).toBe(false);
  });
});
