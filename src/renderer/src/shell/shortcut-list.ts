interface ShortcutGroup {
  readonly group: string;
  readonly keys: readonly { readonly keys: string; readonly what: string }[];
}

/** Keys that work in one part of the window. Those of commands come from the registry. */
export const placeShortcuts: readonly ShortcutGroup[] = [
  {
    group: 'Everywhere',
    keys: [
      { keys: 'Mod+K', what: 'Command palette' },
      { keys: 'Mod+/', what: 'This list' },
      { keys: 'F6', what: 'Go to the notifications' },
      { keys: 'Esc', what: 'Close what is open' },
    ],
  },
  {
    group: 'Chat',
    keys: [
      { keys: 'Enter', what: 'Send' },
      { keys: 'Shift+Enter', what: 'New line' },
      { keys: 'Esc', what: 'Stop the reply' },
      { keys: 'Mod+F', what: 'Find in the conversation, or in the text beside it' },
      { keys: 'ArrowUp', what: 'Edit the last question (in an empty composer)' },
    ],
  },
  {
    group: 'Tables in Batch and History',
    keys: [
      { keys: 'ArrowDown', what: 'Next row; also Page Down, Home, End; up from the first into the header' },
      { keys: 'ArrowRight', what: 'Into the cells of a row; Left and out of them' },
      { keys: 'Enter', what: 'Open the row; sort, in the header' },
      { keys: 'Shift+ArrowDown', what: 'Select rows; Space for one more' },
      { keys: 'Mod+A', what: 'Select all' },
      { keys: 'Mod+C', what: 'Copy the selected rows, the row or the cell' },
      { keys: 'Shift+F10', what: 'What can be done with a row or a column' },
      { keys: 'Esc', what: 'Select none; close the open row' },
      { keys: 'Alt+ArrowRight', what: 'Next file, in Batch; Alt+Left for the previous one' },
      { keys: 'K', what: 'Tick as checked, in Batch' },
      { keys: 'F2', what: 'Correct the cell, in Batch' },
      { keys: 'Delete', what: 'Remove from the batch, also in an open file' },
      { keys: 'Mod+F', what: 'Search; in an open row, find in it' },
    ],
  },
  {
    group: 'An open file in Chat or Batch',
    keys: [
      { keys: 'Alt+ArrowDown', what: 'Next quotation in its text; Up for the one before' },
      {
        keys: 'ArrowRight',
        what: 'Next page, in its picture; Left for the one before, Home and End for first and last',
      },
      { keys: 'Esc', what: 'Close the text; in Batch, then the file' },
    ],
  },
  {
    group: 'Column edges (Tab from the table)',
    keys: [
      { keys: 'ArrowRight', what: 'Wider; Left for narrower, Shift for larger steps' },
      { keys: 'ArrowDown', what: 'Next column; Up for the previous one' },
      { keys: 'Home', what: 'Narrowest; End for widest' },
      { keys: 'Enter', what: 'Reset the width (or double-click)' },
    ],
  },
];
