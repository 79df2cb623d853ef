import type { HtmlAttributes } from './looks.ts';

/** Input types whose value is a button label or not meant to be seen: not something the user filled in. */
const valueless = new Set('hidden submit reset button image file password color'.split(' '));

/** The visible value or state of an `input`; '' for none. */
export function inputText(attributes: HtmlAttributes): string {
  const type = (attributes.type ?? 'text').toLowerCase();
  if (type === 'checkbox') return attributes.checked === undefined ? '☐' : '☑';
  if (type === 'radio') return attributes.checked === undefined ? '○' : '◉';
  return valueless.has(type) ? '' : (attributes.value ?? '');
}

/** The state of an element that a page turns into a checkbox or radio button; '' for any other element. */
export function roleText(attributes: HtmlAttributes): string {
  const state = attributes['aria-checked'];
  if (state === undefined) return '';
  if (/radio$/.test(attributes.role ?? '')) return state === 'true' ? '◉' : '○';
  return state === 'true' ? '☑' : '☐';
}

interface Select {
  readonly isList: boolean;
  readonly isMultiple: boolean;
  readonly chosen: string[];
  /** Shown if nothing is selected. */
  first: string | null;
}

interface Option {
  readonly label: string | undefined;
  readonly isChosen: boolean;
  readonly isDisabled: boolean;
  text: string;
}

/** Elements allowed in a `select`. Any other means its end tag is missing and would be swallowed. */
const inSelect = new Set('option optgroup hr legend button selectedcontent span img b i svg'.split(' '));

/** More than a list entry needs. */
const maxOptionLength = 1_000;

/** The `select` lists. Only the selected options are text, as displayed. */
export function createSelects() {
  let select: Select | null = null;
  let option: Option | null = null;

  function closeOption(): void {
    if (select === null || option === null) return;
    const shown = (option.label ?? option.text).replace(/\s+/g, ' ').trim();
    if (option.isChosen) select.chosen.push(shown);
    else if (!option.isDisabled) select.first ??= shown;
    option = null;
  }

  return {
    isOpen: (): boolean => select !== null,
    ends: (name: string): boolean => select !== null && !inSelect.has(name),
    open(name: string, attributes: HtmlAttributes): void {
      if (name === 'select') {
        const isMultiple = attributes.multiple !== undefined;
        select = { isMultiple, isList: isMultiple || Number(attributes.size ?? 1) > 1, chosen: [], first: null };
      } else if (name === 'option') {
        closeOption();
        option = {
          label: attributes.label,
          isChosen: attributes.selected !== undefined,
          isDisabled: attributes.disabled !== undefined,
          text: '',
        };
      }
    },
    text(text: string): void {
      if (option !== null && option.text.length < maxOptionLength) option.text += text;
    },
    /** Closes an element; returns the text of a list that ends with it. */
    close(name: string): string {
      if (name === 'option') closeOption();
      if (name !== 'select' || select === null) return '';
      closeOption();
      const { chosen, isMultiple, isList, first } = select;
      select = null;
      if (chosen.length > 0) return isMultiple ? chosen.join(', ') : (chosen.at(-1) ?? '');
      return isList ? '' : (first ?? '');
    },
  };
}
