import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { AppInfo } from '../../../shared/app-data.ts';
import { effortChoices } from '../../../shared/efforts.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { request } from '../platform/bridge.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Field } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { showToast } from '../ui/toast.tsx';
import { NumberSettingField } from './number-setting.tsx';
import { Section } from './section.tsx';
import { settingsForm } from './settings.ts';
import styles from './settings-view.module.css';
import { contextWords, effortNames } from './settings-words.ts';

export function BatchSection() {
  return (
    <Section id="batch" title="Batch">
      <NumberSettingField
        name="concurrency"
        label="Calls at once"
        hint="How many model calls batches may have in flight, 1–64. You can change this while a batch runs."
      />
      <NumberSettingField
        name="poolConnections"
        label="Connections"
        hint="The most sockets that Docket opens to the provider. Batches always leave two of them to the chat, so a message never waits behind a folder."
      />
      <ContextField />
      <NotifyField />
    </Section>
  );
}

/** Models that do not reason ignore it. */
export function ReasoningSection() {
  return (
    <Section id="reasoning" title="Reasoning">
      <EffortField
        name="chatEffort"
        label="In the chat"
        hint="How much a reasoning model may think before it replies. If a model does not offer the level chosen, the nearest one is used."
      />
      <EffortField
        name="batchEffort"
        label="In batches"
        hint="Each file gets short answers, which seldom need reasoning. Reasoning takes time and is paid for as output."
      />
    </Section>
  );
}

interface EffortFieldProps {
  readonly name: 'chatEffort' | 'batchEffort';
  readonly label: string;
  readonly hint: string;
}

function EffortField({ name, label, hint }: EffortFieldProps) {
  const effort = useStore(settingsForm.store, (state) => state.saved?.settings[name]);
  if (effort === undefined) return null;
  return (
    <Field inline name={name} label={label} hint={hint}>
      <Select
        value={effort}
        onChange={(next) => void settingsForm.change({ [name]: next })}
        options={effortChoices.map((value) => ({ value, label: effortNames[value] }))}
      />
    </Field>
  );
}

export function TimeoutsSection() {
  return (
    <Section id="timeouts" title="Time-outs">
      <NumberSettingField
        name="firstTokenTimeoutMs"
        label="First token"
        unit="s"
        hint="How long a reply may take to begin. Large local models need time to load."
      />
      <NumberSettingField
        name="idleTimeoutMs"
        label="Silence"
        unit="s"
        hint="How long a reply may pause once it has begun."
      />
      <NumberSettingField
        name="hostWaitMs"
        label="Server away"
        unit="h"
        hint="How long a batch waits for a server that is away. It continues when the server is back. After this time it is interrupted, and you can resume it."
      />
    </Section>
  );
}

function ContextField() {
  const context = useStore(settingsForm.store, (state) => state.saved?.context);
  if (context === undefined) return null;
  return (
    <NumberSettingField
      name="contextTokens"
      label="Context"
      unit="tokens"
      automatic="Automatic"
      hint={`How much the model can read in one request. A longer file is read in parts, and a longer conversation is refused with a reason; nothing is cut off silently. ${contextWords(context)}`}
    />
  );
}

function NotifyField() {
  const notify = useStore(settingsForm.store, (state) => state.saved?.settings.notifyBatchEnd);
  if (notify === undefined) return null;
  return (
    <Field inline label="Notification" hint="Shows the batch's name and counts, and nothing from the files.">
      <Checkbox
        checked={notify}
        onChange={(notifyBatchEnd) => void settingsForm.change({ notifyBatchEnd })}
        label="When a batch ends or stops, or new files of a watched folder wait, while Docket is in the background"
      />
    </Field>
  );
}

export function AppearanceSection() {
  const theme = useStore(settingsForm.store, (state) => state.saved?.settings.theme);
  if (theme === undefined) return null;
  return (
    <Section id="appearance" title="Appearance">
      <Field inline label="Theme">
        <Segmented
          label="Theme"
          value={theme}
          onChange={(next) => void settingsForm.change({ theme: next })}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </Field>
    </Section>
  );
}

export function DataAndAbout() {
  const [info, setInfo] = useState<AppInfo | null>(null);
  useEffect(() => {
    void request('app.info', undefined).then((answer) => answer.ok && setInfo(answer.value));
  }, []);
  const reveal = async () => {
    const answer = await request('app.revealData', undefined);
    if (!answer.ok)
      showToast({ title: 'The folder could not be opened', detail: problemSentence(answer.error), problem: true });
  };
  return (
    <>
      <Section id="data" title="Data">
        <p className={styles.prose}>
          Docket sends text only to the provider above, and records each request in the history before it leaves. There
          is no telemetry and no update check. Conversations, results and the history stay in this folder:
        </p>
        {info !== null && (
          <div className={styles.row}>
            <code className={styles.path} data-selectable title={info.dataDir}>
              {info.dataDir}
            </code>
            <CopyButton label="Copy path" text={() => info.dataDir} />
            <Button onClick={() => void reveal()}>Show folder</Button>
          </div>
        )}
      </Section>
      <Section id="about" title="About">
        {info !== null && (
          <p className={styles.prose} data-selectable>
            Docket {info.version} · Electron {info.electron} · {info.platform}
          </p>
        )}
      </Section>
    </>
  );
}
