interface ShortcutGroup {
  readonly group: string;
  readonly keys: readonly { readonly keys: string; readonly what: string }[];
}

/** Keys that belong to a place in the window. Those of commands come from the registry. */
export const placeShortcuts: readonly ShortcutGroup[] = [
  {
    group: 'Everywhere',
    keys: [
      { keys: 'Mod+K', what: 'Command palette' },
      { keys: 'Mod+/', what: 'This list' },
      { keys: 'F6', what: 'To the messages in the corner' },
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
      { keys: 'ArrowUp', what: 'Edit the last question, in an empty composer' },
    ],
  },
  {
    group: 'Tables in Batch and History',
    keys: [
      { keys: 'ArrowDown', what: 'Next row; also Page Down, Home, End' },
      { keys: 'Enter', what: 'Open the row' },
      { keys: 'Esc', what: 'Close it' },
      { keys: 'Mod+F', what: 'Search, in History' },
    ],
  },
  {
    group: 'Column edges in Batch, by Tab from the table',
    keys: [
      { keys: 'ArrowRight', what: 'Wider; Left is narrower, with Shift in larger steps' },
      { keys: 'ArrowDown', what: 'Next column; Up is the one before' },
      { keys: 'Home', what: 'Narrowest; End is widest' },
      { keys: 'Enter', what: 'Its own width back; also a double click' },
    ],
  },
];
