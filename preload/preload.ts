import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { EventMessage } from '../main/contract/events.ts';
import type { Transport } from '../main/contract/transport.ts';

const bridge: Transport = {
  call: (name, input) => ipcRenderer.invoke('call', name, input),
  listen(receive) {
    const forward = (_: IpcRendererEvent, message: EventMessage) => receive(message);
    ipcRenderer.on('event', forward);
    return () => void ipcRenderer.off('event', forward);
  },
};
contextBridge.exposeInMainWorld('bridge', bridge);
