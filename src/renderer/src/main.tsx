import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { batchCommands } from './batch/batch-commands.ts';
import { tellWatched } from './batch/watch-told.ts';
import { chatCommands } from './chat/chat-actions.ts';
import { chat, composed, edited } from './chat/chat-instance.ts';
import { historyCommands } from './history/history-commands.ts';
import { on } from './platform/bridge.ts';
import { registerCommands } from './platform/commands.ts';
import { keepShown } from './platform/keep-shown.ts';
import { navigate } from './platform/navigation-store.ts';
import { settingsStore, statusStore, updateStore } from './platform/stores.ts';
import { followTheme } from './platform/theme.ts';
import { settingsCommands } from './settings/settings-commands.ts';
import { App } from './shell/app.tsx';
import { appCommands } from './shell/app-commands.ts';

followTheme(settingsStore);
// Not awaited: the window shows its frame at once, and each part fills when its answer comes.
void settingsStore.start();
updateStore.start(statusStore.start());
on('batch.show', ({ batchId }) => navigate({ surface: 'batch', batchId }));
on('batch.watched', tellWatched);
chat.start();
keepShown('conversation', chat);
void composed.files.start();
void edited.files.start();
for (const commands of [chatCommands, batchCommands, historyCommands, settingsCommands, appCommands]) {
  registerCommands(commands);
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
