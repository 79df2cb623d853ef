/** How fast a large batch becomes an Excel workbook, and in how much memory. */
import { runChild } from './child.ts';
import { atMost, atMostTimes, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';
import type { XlsxReport, XlsxTask } from './xlsx-child.ts';

const EXCELJS = 'ExcelJS, streaming';
const contenders = { [DOCKET]: 'docket', [EXCELJS]: 'exceljs' } as const;

export async function measureXlsx(plan: Plan): Promise<Section> {
  const { files, rounds } = plan.xlsx;
  const [speed, memory, delay] = [createSeries(), createSeries(), createSeries()];
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, contender] of Object.entries(contenders)) {
      const report = await inTempFolder((folder) => {
        const task: XlsxTask = { contender, folder, files };
        return runChild<XlsxReport>('./xlsx-child.ts', task);
      });
      speed.add(name, report.rowsPerSecond);
      memory.add(name, report.peakRssMb);
      delay.add(name, report.loopDelayP99Ms);
      plan.say(`xlsx, round ${round}, ${name}: ${Math.round(report.rowsPerSecond)} rows/s`);
    }
  }
  return {
    title: 'Excel export',
    method: [
      `A batch of ${files.toLocaleString('en-US')} files with six questions, three of them with a quotation: 28 columns. The files come from memory, the workbook goes to a file.`,
      'Docket: the real export, with types, looks, limits and a second sheet, on a thread. The peer is the streaming writer of ExcelJS with the same cells in one sheet without looks, in the measuring thread, with a turn of the event loop after every page of 200 rows.',
      'peakRssMb: most memory of the whole process, threads included. eventLoopDelayMs: perf_hooks.monitorEventLoopDelay in the main thread.',
    ],
    metrics: [
      { name: 'xlsx.rowsPerSecond', unit: '1/s', better: 'higher', series: speed.values, digits: 0 },
      {
        name: 'xlsx.peakRssMb',
        unit: 'MB',
        better: 'lower',
        series: memory.values,
        aim: atMostTimes(1, EXCELJS),
        digits: 0,
      },
      {
        name: 'xlsx.eventLoopDelayMs.p99',
        unit: 'ms',
        better: 'lower',
        series: delay.values,
        aim: atMost(20, 'ms'),
        digits: 1,
      },
    ],
  };
}
