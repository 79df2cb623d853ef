/** What pdf.js reports about a page annotation: a form field, note or mark. */
export interface Annotation {
  readonly subtype?: string;
  readonly annotationFlags?: number;
  readonly hidden?: boolean;
  readonly rect?: readonly number[];
  readonly contentsObj?: { readonly str?: string };
  readonly fieldType?: string;
  readonly fieldName?: string;
  readonly alternativeText?: string;
  readonly fieldValue?: unknown;
  readonly password?: boolean;
  readonly checkBox?: boolean;
  readonly radioButton?: boolean;
  readonly exportValue?: string;
  readonly buttonValue?: string;
  readonly options?: readonly { readonly exportValue?: unknown; readonly displayValue?: unknown }[];
}

/** The form contents of a page, one per line: typed and chosen values, and ticked and unticked boxes. */
export function filledIn(annotations: readonly Annotation[]): readonly string[] {
  const shown = annotations.filter((annotation) => !isHidden(annotation));
  const seenGroups = new Set<string>();
  return shown.flatMap((annotation) => {
    if (annotation.subtype === 'FreeText') return annotation.contentsObj?.str ?? '';
    if (annotation.password === true) return [];
    if (annotation.fieldType === 'Tx' || annotation.fieldType === 'Ch') return valueLine(annotation);
    if (annotation.checkBox !== true && annotation.radioButton !== true) return [];
    const group = groupOf(annotation, shown);
    if (annotation.checkBox === true && group.length === 1)
      return `${isOn(annotation) ? '☑' : '☐'} ${labelOf(annotation)}`;
    const name = annotation.fieldName ?? '';
    if (seenGroups.has(name)) return [];
    seenGroups.add(name);
    return groupLine(group);
  });
}

const HIDDEN = 0x02;
const NOT_VIEWED = 0x20;

/** Whether the annotation is invisible in a viewer. */
function isHidden({ hidden, annotationFlags = 0, rect, subtype }: Annotation): boolean {
  const [left = 0, bottom = 0, right = 1, top = 1] = rect ?? [];
  const isPoint = subtype === 'Widget' && (left === right || bottom === top);
  return hidden === true || (annotationFlags & (HIDDEN | NOT_VIEWED)) !== 0 || isPoint;
}

function valueLine(annotation: Annotation): readonly string[] {
  const values = [annotation.fieldValue].flat().filter((value) => typeof value === 'string' && value !== '');
  if (values.length === 0) return [];
  return [`${labelOf(annotation)}: ${values.map((value) => displayed(annotation, value)).join(', ')}`];
}

/** The display name of a choice, which is stored under its export name. */
function displayed({ options = [] }: Annotation, value: unknown): unknown {
  const option = options.find(({ exportValue }) => exportValue === value);
  return typeof option?.displayValue === 'string' && option.displayValue !== '' ? option.displayValue : value;
}

/** Buttons with the same name form one question, on whatever page they are. */
function groupOf({ fieldName }: Annotation, all: readonly Annotation[]): readonly Annotation[] {
  return all.filter(
    (other) => other.fieldName === fieldName && (other.checkBox === true || other.radioButton === true),
  );
}

function groupLine(group: readonly Annotation[]): string {
  const [first] = group;
  const name = fieldLabel(first?.fieldName);
  const answers = group.map((button) => `${isOn(button) ? '◉' : '○'} ${answerOf(button)}`);
  return `${name}: ${answers.join(' ')}`;
}

function answerOf({ alternativeText, buttonValue, exportValue }: Annotation): string {
  return alternativeText || buttonValue || exportValue || 'on';
}

function isOn({ fieldValue, exportValue, buttonValue }: Annotation): boolean {
  const own = buttonValue ?? exportValue;
  return (
    typeof fieldValue === 'string' &&
    fieldValue !== '' &&
    fieldValue !== 'Off' &&
    (own === undefined || own === fieldValue)
  );
}

function labelOf({ alternativeText, fieldName }: Annotation): string {
  return alternativeText || fieldLabel(fieldName);
}

/** Some programs write "form1[0].page2[0].Surname[0]" for "Surname". */
function fieldLabel(name: string | undefined): string {
  if (name === undefined || name === '') return 'Field';
  return name.includes('[') ? (name.split('.').at(-1) ?? name).replace(/\[\d+\]$/, '') : name;
}

/** Notes and marks that readers added to a page. */
export interface PageMarks {
  readonly comments: number;
  readonly marked: number;
  readonly files: number;
}

const markedText = new Set(['Highlight', 'Underline', 'StrikeOut', 'Squiggly']);
const commented = new Set([
  ...markedText,
  'Text',
  'Square',
  'Circle',
  'Polygon',
  'PolyLine',
  'Line',
  'Ink',
  'Caret',
  'Stamp',
]);

export function marksOn(annotations: readonly Annotation[]): PageMarks {
  const shown = annotations.filter((annotation) => !isHidden(annotation));
  const comments = shown.filter(({ subtype = '', contentsObj }) => commented.has(subtype) && contentsObj?.str?.trim());
  return {
    comments: comments.length,
    marked: shown.filter(({ subtype = '' }) => markedText.has(subtype)).length,
    files: shown.filter(({ subtype }) => subtype === 'FileAttachment').length,
  };
}
