/** What the supervisor tells the engine's process. */
export type ToChild = { readonly type: 'start'; readonly token: string } | { readonly type: 'stop' };

/** What the process answers. */
export type FromChild =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'failed'; readonly message: string };

export function isToChild(message: unknown): message is ToChild {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  if (message.type === 'stop') return true;
  return message.type === 'start' && 'token' in message && typeof message.token === 'string';
}

export function isFromChild(message: unknown): message is FromChild {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  if (message.type === 'ready') return 'port' in message && typeof message.port === 'number';
  return message.type === 'failed' && 'message' in message && typeof message.message === 'string';
}
