import type { z } from 'zod';

export interface Route<Schema extends z.ZodType, Output> {
  readonly input: Schema;
  /** Never set: it only carries the output type. */
  readonly output?: Output;
}

/** `route(schema).returns<Output>()`: a window's input is parsed; what main returns is only typed. */
export function route<Schema extends z.ZodType>(input: Schema) {
  return { returns: <Output>(): Route<Schema, Output> => ({ input }) };
}
