import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type FoundLanguage, type LanguageList, languageName } from '../../../shared/recognition-languages.ts';
import { request } from '../platform/bridge.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Field } from '../ui/field.tsx';
import styles from './recognition-section.module.css';
import { Section } from './section.tsx';
import { settingsForm } from './settings.ts';

export function RecognitionSection() {
  const settings = useStore(settingsForm.store, (state) => state.saved?.settings);
  if (settings === undefined) return null;
  return (
    <Section id="recognition" title="Text recognition">
      <Field
        inline
        name="recognition"
        label="Scans"
        hint="Words in images of pages are read on this machine, which takes seconds a page. Nothing is downloaded, and no image leaves it."
      >
        <Checkbox
          checked={settings.recognition}
          onChange={(recognition) => void settingsForm.change({ recognition })}
          label="Recognise text in scans and photographs"
        />
      </Field>
      {settings.recognition && <Languages chosen={settings.recognitionLanguages} />}
    </Section>
  );
}

function Languages({ chosen }: { readonly chosen: readonly string[] }) {
  const [list, setList] = useState<LanguageList | null>(null);
  useEffect(() => {
    void request('settings.languages', undefined).then((answer) => answer.ok && setList(answer.value));
  }, []);
  const pick = async () => {
    const picked = await request('settings.pickLanguageFolder', undefined);
    if (picked.ok && picked.value !== null) setList(picked.value);
  };
  const forget = async () => {
    const left = await request('settings.forgetLanguageFolder', undefined);
    if (left.ok) setList(left.value);
  };
  const choose = (code: string, wanted: boolean) => {
    const recognitionLanguages = wanted ? [...chosen, code] : chosen.filter((other) => other !== code);
    void settingsForm.change({ recognitionLanguages });
  };
  if (list === null) return null;
  const gone = chosen.filter((code) => !list.found.some((language) => language.code === code));
  return (
    <Field
      inline
      name="recognitionLanguages"
      label="Languages"
      hint="Choose only the languages of your scans: each one makes recognition slower. English is included; others are found where the system keeps them (on Debian: tesseract-ocr-deu), or in a folder of yours with files such as deu.traineddata. Files that were read stay as they are until they are run again."
    >
      <div className={styles.languages}>
        <fieldset className={styles.list}>
          <legend className={styles.legend}>Languages of scans</legend>
          {list.found.map((language) => (
            <Checkbox
              key={language.code}
              checked={chosen.includes(language.code)}
              // One is always chosen.
              disabled={chosen.length === 1 && chosen[0] === language.code}
              onChange={(wanted) => choose(language.code, wanted)}
              label={<Name code={language.code} trouble={stateWords[language.state]} />}
            />
          ))}
          {gone.map((code) => (
            <Checkbox
              key={code}
              checked
              disabled={chosen.length === 1}
              onChange={() => choose(code, false)}
              label={<Name code={code} trouble="its data is not on this machine" />}
            />
          ))}
        </fieldset>
        <div className={styles.folder}>
          <Button size="small" onClick={() => void pick()}>
            {list.folder === null ? 'Add languages from a folder…' : 'Choose another folder…'}
          </Button>
          {list.folder !== null && (
            <>
              <span className={styles.path} title={list.folder} data-selectable>
                {list.folder}
              </span>
              <Button size="small" variant="ghost" onClick={() => void forget()}>
                Stop using it
              </Button>
            </>
          )}
        </div>
      </div>
    </Field>
  );
}

const stateWords: Readonly<Record<FoundLanguage['state'], string | null>> = {
  good: null,
  damaged: 'its file is damaged, so it is left out: put a whole one in its place',
  too_old: 'its file is for an older Tesseract, so it is left out: take one of tessdata_fast or tessdata_best',
};

function Name({ code, trouble }: { readonly code: string; readonly trouble: string | null }) {
  return (
    <span>
      {languageName(code)} <span className={styles.code}>{code}</span>
      {trouble !== null && <span className={styles.trouble}> · {trouble}</span>}
    </span>
  );
}
