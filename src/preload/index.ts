import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import { EVENT_CHANNEL, GRANT_CHANNEL, REQUEST_CHANNEL } from '../shared/channels.ts';
import type { Bridge } from '../shared/contract.ts';

/** One generic bridge, typed by the contract. It does not grow with features. */
const bridge: Bridge = {
  request: (name, input) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input),
  on: (name, listener) => {
    const onEvent = (_event: IpcRendererEvent, emitted: string, payload: Parameters<typeof listener>[0]) => {
      if (emitted === name) listener(payload);
    };
    ipcRenderer.on(EVENT_CHANNEL, onEvent);
    return () => void ipcRenderer.off(EVENT_CHANNEL, onEvent);
  },
  grantFiles: async (files) => {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return paths.length === 0 ? null : ipcRenderer.invoke(GRANT_CHANNEL, paths);
  },
};

contextBridge.exposeInMainWorld('docket', bridge);
