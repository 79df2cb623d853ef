/** Whether anything done to the table of a very large batch blocks its window. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ElectronApplication, Page } from '@playwright/test';
import { openStore } from '../src/main/store/store.ts';
import { storedRows, writeFinishedBatch } from '../test/support/stored-batch.ts';
import { answered, onBatchSurface, SETTLE_MS, startModelServer, WINDOW } from './batch-app.ts';
import { storeWorker } from './docket-parts.ts';
import { framesDuring } from './frame-times.ts';
import { atMost, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';

const BATCH = 'Large';
/** Longer, and a person notices that nothing answers. */
const AIM_MS = 100;
/** What was asked for is drawn some frames after it is there. */
const DRAWN_MS = 500;
const ACTION_DEADLINE_MS = 120_000;

type Action = 'sort' | 'search' | 'filter' | 'selectAll' | 'copyAll' | 'export';

export function measureTableActions(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const { rounds, rows } = plan.tableActions;
  const dataDir = join(folder, 'data');
  const store = await openStore(dataDir, storeWorker);
  await writeFinishedBatch(store, BATCH, storedRows(rows));
  await store.close();
  const server = await startModelServer();
  const longest: Record<Action, ReturnType<typeof createSeries>> = {
    sort: createSeries(),
    search: createSeries(),
    filter: createSeries(),
    selectAll: createSeries(),
    copyAll: createSeries(),
    export: createSeries(),
  };
  for (let round = 0; round < rounds; round += 1) {
    await onBatchSurface(server.url, dataDir, async (app, page) => {
      for (const [action, act] of Object.entries(actionsOn(app, page, rows, join(folder, `${round}.csv`)))) {
        const startedAt = performance.now();
        const { maxMs } = await framesDuring(page, async () => {
          await act();
          await delay(DRAWN_MS);
        });
        longest[action as Action].add(DOCKET, maxMs);
        const seconds = (performance.now() - startedAt - DRAWN_MS) / 1_000;
        plan.say(`table of ${rows}, ${action}: longest frame ${maxMs.toFixed(0)} ms, ${seconds.toFixed(1)} s`);
      }
    });
  }
  await server.close();
  return {
    title: 'Large table',
    method: [
      `The built app's page in real Electron (${WINDOW.width} × ${WINDOW.height}, drawn by the processor) with a finished batch of ${rows.toLocaleString('en-US')} files × 3 answers: its rows are sorted by name, searched, filtered by a value, all selected, all copied and all exported as CSV. The longest frame of each, from the key or press until it is done.`,
    ],
    metrics: Object.entries(longest).map(([action, { values }]) => ({
      name: `table.longestFrameMs.${rows}.${action}`,
      unit: 'ms',
      better: 'lower',
      series: values,
      aim: atMost(AIM_MS, 'ms'),
      digits: 0,
    })),
  };
}

function actionsOn(
  app: ElectronApplication,
  page: Page,
  rows: number,
  exportTo: string,
): Readonly<Record<Action, () => Promise<unknown>>> {
  const grid = page.getByRole('grid', { name: `Files of ${BATCH}` });
  const first = grid.locator('[role="row"][data-index="0"]');
  const inOrder = (name: string) => first.filter({ hasText: name }).waitFor({ timeout: ACTION_DEADLINE_MS });
  return {
    sort: async () => {
      await inOrder('Delivery 1.txt');
      await delay(SETTLE_MS);
      await grid.getByRole('columnheader', { name: 'File' }).click();
      await inOrder('Complaint 4.txt');
    },
    search: async () => {
      await page.keyboard.press('ControlOrMeta+f');
      await page.keyboard.type('invoice case 7');
      await inOrder('Invoice');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('Delete');
      await inOrder('Complaint 4.txt');
    },
    filter: async () => {
      await grid.getByRole('columnheader', { name: 'Sentiment' }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Filter…' }).click();
      await page.getByRole('checkbox', { name: /Negative/ }).click();
      await inOrder('Negative');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '1 filter' }).click();
    },
    selectAll: async () => {
      await grid.focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.getByText(`${rows.toLocaleString('en-US')} files selected`).waitFor();
    },
    copyAll: async () => {
      await page.keyboard.press('ControlOrMeta+c');
      await page.getByText(`${rows.toLocaleString('en-US')} rows copied`).waitFor({ timeout: ACTION_DEADLINE_MS });
    },
    export: async () => {
      await answered(() =>
        app.evaluate(({ dialog }, filePath) => {
          dialog.showSaveDialog = async () => ({ canceled: false, filePath });
        }, exportTo),
      );
      await page.getByRole('toolbar', { name: 'Selected files' }).getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: /^CSV/ }).click();
      await page.getByText('Saved to').waitFor({ timeout: ACTION_DEADLINE_MS });
    },
  };
}
