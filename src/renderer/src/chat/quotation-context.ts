import { createContext } from 'react';
import type { Quotation } from './quotation.ts';

/** What opens a quotation in its file, by the name that the reply gives the file; null when there is none of that name. */
type OpenerOf = (file: string, quotation: Quotation) => (() => void) | null;

/** Around a reply of the built-in engine; a model's quotations are its own. */
export const QuotationContext = createContext<OpenerOf | null>(null);
