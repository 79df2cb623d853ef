/** IPC channel names. Kept apart from the contract, whose schemas preload does not need. */
export const REQUEST_CHANNEL = 'docket:request';
export const GRANT_CHANNEL = 'docket:grant';
export const EVENT_CHANNEL = 'docket:event';
