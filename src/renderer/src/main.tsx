import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { settingsStore, statusStore } from './app/stores.ts';
import { followTheme } from './app/theme.ts';

followTheme(settingsStore);
// Not awaited: the window shows its frame at once, and each part fills when its answer comes.
void settingsStore.start();
void statusStore.start();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
