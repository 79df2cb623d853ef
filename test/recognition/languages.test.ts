import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createLanguageChoices } from '../../src/main/recognition/language-choices.ts';
import { findLanguages } from '../../src/main/recognition/languages.ts';
import { languageName } from '../../src/shared/recognition-languages.ts';
import { tempFolder } from '../documents/temp-folder.ts';

async function shippedData(): Promise<Buffer> {
  const [english] = (await findLanguages(['eng'], [])).data;
  return gunzipSync(readFileSync(english?.path ?? ''));
}

/** As the data of before Tesseract 4: without the part for its neural network. */
function withoutNetwork(data: Buffer): Buffer {
  const old = Buffer.from(data);
  old.writeBigInt64LE(-1n, 4 + 17 * 8);
  return old;
}

describe('the languages of recognition', () => {
  it('are found in a folder that the user names, and those whose file is of no use are told', async () => {
    const [own, named] = [tempFolder(), tempFolder()];
    const data = await shippedData();
    own.put('xqa.traineddata', data);
    named.put('xqb.traineddata', data);
    named.put('xqc.traineddata', data.subarray(0, 5_000));
    named.put('xqd.traineddata', withoutNetwork(data));
    named.put('xqe.traineddata', 'not data at all');
    named.put('osd.traineddata', data);
    named.put('notes.txt', 'xqf');
    const saved: unknown[] = [];
    const choices = createLanguageChoices({
      ownFolder: own.path,
      saved: undefined,
      save: async (folder) => saved.push(folder),
    });
    const states = (await choices.lookIn(named.path)).found
      .filter(({ code }) => code === 'eng' || code.startsWith('xq') || code === 'osd')
      .map(({ code, from, state }) => `${code} ${from} ${state}`);
    expect(states).toEqual([
      'eng docket good',
      'xqa folder good',
      'xqb folder good',
      'xqc folder damaged',
      'xqd folder too_old',
      'xqe folder damaged',
    ]);
    expect(saved).toEqual([named.path]);
    const chosen = await choices.find(['xqb', 'xqc', 'xqd', 'xqz']);
    expect(chosen.data.map(({ code }) => code)).toEqual(['xqb']);
    expect(chosen).toMatchObject({ missing: ['xqz'], damaged: ['xqc', 'xqd'] });
    await choices.lookIn(null);
    expect(await choices.find(['xqb'])).toMatchObject({ data: [{ code: 'eng' }], missing: ['xqb'] });
  });

  it('are those of the folder that was named before, which may be gone', async () => {
    const named = tempFolder();
    named.put('xqb.traineddata', await shippedData());
    const choicesOf = (saved: unknown) =>
      createLanguageChoices({ ownFolder: '/none', saved, save: async () => {} }).find(['xqb']);
    expect((await choicesOf(named.path)).missing).toEqual([]);
    expect((await choicesOf('/gone')).missing).toEqual(['xqb']);
    expect((await choicesOf({ odd: true })).missing).toEqual(['xqb']);
  });

  it('have names', () => {
    expect(['deu', 'chi_sim', 'srp_latn', 'frk', 'xqz'].map(languageName)).toEqual([
      'German',
      'Chinese, simplified',
      'Serbian, latn',
      'German, black letter',
      'xqz',
    ]);
  });
});
