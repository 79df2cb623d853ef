/** Requests sent to other hosts, with the size of their bodies in bytes. */
export interface Departures {
  readonly calls: number;
  readonly bytes: number;
  readonly hosts: readonly string[];
}

/** Which calls to count: none after a given one, and none that are counted elsewhere. */
export interface DepartedCalls {
  readonly upTo: number;
  readonly without: readonly number[];
}
