import type { Rise } from '../raised-text.ts';
import { character, paragraph, readProperties } from './sprms.ts';

/** What is said about a paragraph or characters; the rest is as in what it is based on. */
export interface Changes {
  /** The level of a heading, counted from 0. */
  readonly outline?: number;
  /** The number of a list; 0 for none. */
  readonly list?: number;
  readonly listLevel?: number;
  /** How many tables it lies in. */
  readonly depth?: number;
  readonly isRowEnd?: boolean;
  readonly isInnerCellEnd?: boolean;
  readonly characterStyle?: number;
  readonly isHidden?: boolean;
  readonly isStruck?: boolean;
  readonly isDeleted?: boolean;
  readonly isSpecial?: boolean;
  readonly rise?: Rise | null;
  readonly font?: number;
  /** A sign of a symbol font. */
  readonly symbol?: { readonly font: number; readonly code: number };
  /** Where in the stream `Data` its picture is. */
  readonly picture?: number;
  readonly elsewhere?: number;
}

export function changesOf(properties: Buffer): Changes {
  let changes: Changes = {};
  readProperties(properties, (code, operand) => {
    changes = { ...changes, ...changeOf(code, operand, changes) };
  });
  return changes;
}

/** A toggle is on, off, as in the style, or the other way round. */
function toggle(key: 'isHidden' | 'isStruck', value: number): Changes {
  return value === 0x80 ? {} : { [key]: value === 1 || value === 0x81 };
}

function changeOf(code: number, operand: Buffer, before: Changes): Changes {
  const value =
    operand.length >= 4 ? operand.readUInt32LE(0) : operand.length >= 2 ? operand.readUInt16LE(0) : (operand[0] ?? 0);
  switch (code) {
    case paragraph.outline:
      return { outline: value };
    case paragraph.list:
      return { list: value };
    case paragraph.listLevel:
      return { listLevel: value };
    case paragraph.isInTable:
      return value === 0 ? { depth: 0 } : { depth: Math.max(1, before.depth ?? 0) };
    case paragraph.tableDepth:
      return { depth: value };
    case paragraph.isRowEnd:
    case paragraph.isInnerRowEnd:
      return { isRowEnd: value !== 0 };
    case paragraph.isInnerCellEnd:
      return { isInnerCellEnd: value !== 0 };
    case paragraph.elsewhere:
    case paragraph.elsewhereToo:
      return { elsewhere: value };
    case character.style:
      return { characterStyle: value };
    case character.isHidden:
      return toggle('isHidden', value);
    case character.isStruck:
    case character.isDoublyStruck:
      return toggle('isStruck', value);
    case character.isDeleted:
      return { isDeleted: value !== 0 };
    case character.isSpecial:
      return { isSpecial: value !== 0 };
    case character.rise:
      return { rise: value === 1 ? 'raised' : value === 2 ? 'lowered' : null };
    case character.position:
      return { rise: risenBy(operand.readInt16LE(0)) };
    case character.font:
      return { font: value };
    case character.symbol:
      return { symbol: { font: operand.readUInt16LE(0), code: operand.readUInt16LE(2) } };
    case character.picture:
      return { picture: value };
    default:
      return {};
  }
}

/** Two points; a smaller shift is only decoration. */
const LEAST_HALF_POINTS = 4;

function risenBy(halfPoints: number): Rise | null {
  if (Math.abs(halfPoints) < LEAST_HALF_POINTS) return null;
  return halfPoints > 0 ? 'moved up' : 'moved down';
}

export function mergedOver(below: Changes, own: Changes): Changes {
  return { ...below, ...own };
}
