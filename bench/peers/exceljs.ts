/** ExcelJS's streaming writer. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import exceljs from 'exceljs';
import type { WriteWorkbook } from '../xlsx-child.ts';

export const write: WriteWorkbook = async (file, columns, pages) => {
  const book = new exceljs.stream.xlsx.WorkbookWriter({ filename: file, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet('Answers', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ title, width }) => ({ header: title, width }));
  for await (const page of pages) {
    for (const row of page) sheet.addRow([...row]).commit();
    await nextTurn();
  }
  sheet.commit();
  await book.commit();
};
