import { Field as Base } from '@base-ui/react/field';
import { NumberField as BaseNumber } from '@base-ui/react/number-field';
import { ChevronDown, ChevronUp, CircleAlert, TriangleAlert } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './field.module.css';

interface FieldProps {
  readonly label: string;
  /** One line below the control. */
  readonly hint?: ReactNode;
  /** What is wrong with the value; replaces the hint. */
  readonly problem?: string | null | undefined;
  /** What the user should know about the value, which is still valid; replaces the hint. */
  readonly warning?: string | null | undefined;
  /** Puts the label beside the control instead of above it. */
  readonly inline?: boolean | undefined;
  /** Sets `data-field`, so that other views can point to the field. */
  readonly name?: string | undefined;
  readonly children: ReactNode;
}

/** Ties a label, a control from this kit and a help line together for screen readers. */
export function Field({ label, hint, problem = null, warning = null, inline = false, name, children }: FieldProps) {
  const wrong = problem !== null;
  return (
    <Base.Root className={cx(styles.field, inline && styles.inline)} invalid={wrong} data-field={name}>
      <Base.Label className={styles.label}>{label}</Base.Label>
      <div className={styles.control}>
        {children}
        {wrong && (
          <Base.Error match className={styles.problem}>
            <CircleAlert aria-hidden />
            {problem}
          </Base.Error>
        )}
        {!wrong && warning !== null && (
          <Base.Description className={styles.warning}>
            <TriangleAlert aria-hidden />
            {warning}
          </Base.Description>
        )}
        {!wrong && warning === null && hint !== undefined && (
          <Base.Description className={styles.hint}>{hint}</Base.Description>
        )}
      </div>
    </Base.Root>
  );
}

interface InputProps extends ComponentProps<'input'> {
  /** Monospaced, for addresses, keys and model names. */
  readonly mono?: boolean | undefined;
}

/** Takes its name from the Field around it; elsewhere, set `aria-label`. */
export function Input({ mono = false, className, ...rest }: InputProps) {
  return (
    <Base.Control
      spellCheck={false}
      autoComplete="off"
      {...rest}
      render={<input />}
      className={cx(styles.input, mono && styles.mono, className)}
    />
  );
}

/** Several lines; grows with its text up to a third of the window. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <Base.Control render={<textarea rows={2} {...rest} className={cx(styles.input, styles.area, className)} />} />;
}

interface NumberFieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  /** Called when the value is settled: on blur, and when a press on a stepper ends. */
  readonly onCommit?: ((value: number | null) => void) | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  /** Shown after the number, such as "s" or "calls". */
  readonly unit?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** Needed outside a Field. */
  readonly label?: string | undefined;
}

/** A number with steppers. Arrow keys step by one, Shift+arrow by ten. */
export function NumberField({
  value,
  onChange,
  onCommit,
  min,
  max,
  step = 1,
  unit,
  disabled,
  label,
}: NumberFieldProps) {
  return (
    <BaseNumber.Root
      value={value}
      onValueChange={onChange}
      onValueCommitted={onCommit}
      min={min}
      max={max}
      step={step}
      largeStep={step * 10}
      disabled={disabled}
      className={styles.number}
    >
      <BaseNumber.Group className={styles.group}>
        <BaseNumber.Input className={styles.digits} aria-label={label} />
        {unit !== undefined && <span className={styles.unit}>{unit}</span>}
        <span className={styles.steppers}>
          <BaseNumber.Increment className={styles.stepper} aria-label="More" tabIndex={-1}>
            <ChevronUp />
          </BaseNumber.Increment>
          <BaseNumber.Decrement className={styles.stepper} aria-label="Less" tabIndex={-1}>
            <ChevronDown />
          </BaseNumber.Decrement>
        </span>
      </BaseNumber.Group>
    </BaseNumber.Root>
  );
}
