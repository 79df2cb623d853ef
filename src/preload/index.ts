import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../shared/contract.ts';

/** One generic bridge, typed by the contract. It does not grow with features. */
const bridge: Bridge = {
  request: (name, input) => ipcRenderer.invoke('docket:request', name, input),
  on: (name, listener) => {
    const onEvent = (_event: IpcRendererEvent, emitted: string, payload: Parameters<typeof listener>[0]) => {
      if (emitted === name) listener(payload);
    };
    ipcRenderer.on('docket:event', onEvent);
    return () => void ipcRenderer.off('docket:event', onEvent);
  },
  grantFiles: async (files) => {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '');
    return paths.length === 0 ? null : ipcRenderer.invoke('docket:grant', paths);
  },
};

contextBridge.exposeInMainWorld('docket', bridge);
