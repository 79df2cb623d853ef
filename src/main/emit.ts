import type { EventName, Events } from '../shared/contract.ts';

/** An event's name and what it carries. */
type EventMessage = { [Name in EventName]: [name: Name, payload: Events[Name]] }[EventName];

/** Tells every window. The command line passes its own. Whoever listens knows the payload by the name. */
export type Emit = (...message: EventMessage) => void;
