import { useState } from 'react';
import type { ProviderInfo } from '../../../shared/provider-data.ts';
import type { Settings } from '../../../shared/settings-data.ts';
import { useModels } from '../platform/use-models.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Slider } from '../ui/slider.tsx';
import { SuggestInput } from '../ui/suggest-input.tsx';
import { replyOptions } from './chat-instance.ts';
import type { ReplyOptions } from './chat-store.ts';
import styles from './reply-options-button.module.css';

interface OptionsFormProps {
  readonly provider: ProviderInfo;
  readonly settings: Settings;
  readonly options: ReplyOptions;
}

/** Model and temperature for further replies. */
export function OptionsForm({ provider, settings, options }: OptionsFormProps) {
  const [model, setModel] = useState(options.model ?? provider.model);
  const { models, problem, load } = useModels();
  const temperature = options.temperature ?? settings.temperature;
  const chooseModel = (next: string) => {
    const { model: _old, ...others } = options;
    const name = next.trim();
    replyOptions.choose(provider.host, name === '' || name === provider.model ? others : { ...others, model: name });
  };
  const chooseTemperature = (next: number) => {
    const { temperature: _old, ...others } = options;
    replyOptions.choose(provider.host, next === settings.temperature ? others : { ...others, temperature: next });
  };
  const differs = options.model !== undefined || options.temperature !== undefined;
  return (
    <div className={styles.form}>
      <Field label="Model" hint={problem ?? 'Pick one from the server, or type a name'}>
        <SuggestInput value={model} onChange={setModel} onCommit={chooseModel} suggestions={models} onOpen={load} />
      </Field>
      <div className={styles.line}>
        <span className={styles.label}>Temperature</span>
        <output className={styles.number}>{temperature.toFixed(1)}</output>
      </div>
      <Slider label="Temperature" min={0} max={2} step={0.1} value={temperature} onChange={chooseTemperature} />
      <p className={styles.hint}>0 gives the most repeatable replies.</p>
      {differs && (
        <Button
          size="small"
          onClick={() => {
            replyOptions.choose(provider.host, {});
            setModel(provider.model);
          }}
        >
          As in the settings
        </Button>
      )}
    </div>
  );
}
