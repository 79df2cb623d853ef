import type { EventName, Events } from '../shared/contract.ts';

/** Tells every window. The command line passes its own. */
export type Emit = <Name extends EventName>(name: Name, payload: Events[Name]) => void;
