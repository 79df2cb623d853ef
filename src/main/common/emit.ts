import type { EventName, Events } from '../../shared/contract.ts';

/** An event's name and its payload. */
type EventMessage = { [Name in EventName]: [name: Name, payload: Events[Name]] }[EventName];

/**
 * Sends an event to every window; the command line passes a listener of its own. The name determines the payload type.
 */
export type Emit = (...message: EventMessage) => void;
