import { useState } from 'react';
import { useStore } from 'zustand';
import { languageCodes, OWN_LANGUAGES_FOLDER } from '../../../shared/recognition-languages.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Field, Input } from '../ui/field.tsx';
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
        hint="Words in images of pages are read on this machine, which takes seconds a page. Nothing is fetched, and no image leaves."
      >
        <Checkbox
          checked={settings.recognition}
          onChange={(recognition) => void settingsForm.change({ recognition })}
          label="Recognise text in scans and photographs"
        />
      </Field>
      {settings.recognition && <LanguagesField languages={settings.recognitionLanguages} />}
    </Section>
  );
}

/** Saved when it is settled. What is no list of languages stays as typed, with the reason below it. */
function LanguagesField({ languages }: { readonly languages: readonly string[] }) {
  const [typed, setTyped] = useState<string | null>(null);
  const codes = typed === null ? languages : languageCodes(typed);
  const commit = () => {
    if (typed === null || codes === null) return;
    setTyped(null);
    if (codes.join() !== languages.join()) void settingsForm.change({ recognitionLanguages: codes });
  };
  return (
    <Field
      inline
      name="recognitionLanguages"
      label="Languages"
      problem={codes === null ? 'Name languages by their codes, such as eng, deu.' : null}
      hint={`Codes as Tesseract has them, the most frequent first: eng, deu, fra. English ships. Others are read where the system has them (on Debian: tesseract-ocr-deu), or from files such as deu.traineddata in a folder “${OWN_LANGUAGES_FOLDER}” in Docket’s data folder.`}
    >
      <Input
        value={typed ?? languages.join(', ')}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
    </Field>
  );
}
