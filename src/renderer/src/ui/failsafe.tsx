import { Component, type ReactNode } from 'react';

interface FailsafeProps {
  /** Shown when what is inside cannot be drawn. Should be as plain as can be. */
  readonly fallback: (error: Error) => ReactNode;
  /** What is drawn; when it changes, drawing is tried again. */
  readonly of: unknown;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
  readonly of: unknown;
}

/** Keeps what cannot be drawn from taking with it what stands around it. */
export class Failsafe extends Component<FailsafeProps, State> {
  override state: State = { error: null, of: this.props.of };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ of }: FailsafeProps, state: State): State | null {
    return of === state.of ? null : { error: null, of };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : this.props.fallback(error);
  }
}
