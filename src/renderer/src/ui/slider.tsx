import { Slider as Base } from '@base-ui/react/slider';
import styles from './slider.module.css';

interface SliderProps {
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Called when the thumb is released. */
  readonly onCommit?: ((value: number) => void) | undefined;
  readonly min: number;
  readonly max: number;
  readonly step?: number | undefined;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

export function Slider({ value, onChange, onCommit, min, max, step = 1, label, disabled }: SliderProps) {
  return (
    <Base.Root
      className={styles.slider}
      value={value}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      thumbAlignment="edge"
      onValueChange={(next) => onChange(next)}
      onValueCommitted={(next) => onCommit?.(next)}
    >
      <Base.Control className={styles.control}>
        <Base.Track className={styles.track}>
          <Base.Indicator className={styles.indicator} />
          <Base.Thumb className={styles.thumb} aria-label={label} />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
