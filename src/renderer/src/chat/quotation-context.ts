import { createContext } from 'react';
import type { QuotedWords } from '../../../shared/quoted-words.ts';

/** Returns a function that opens a quotation in the file with the given name; null if there is no such file. */
type OpenerOf = (file: string, quoted: QuotedWords) => (() => void) | null;

/** Provided around replies of the built-in engine only; a model's quotations need not be real. */
export const QuotationContext = createContext<OpenerOf | null>(null);
