import { Component, type ReactNode } from 'react';

interface FailsafeProps {
  /** Shown when rendering fails. Keep it as plain as possible. */
  readonly fallback: (error: Error) => ReactNode;
  /** Identifies what is rendered. When it changes, rendering is tried again. */
  readonly of: unknown;
  readonly children: ReactNode;
}

interface State {
  readonly error: Error | null;
  readonly of: unknown;
}

/** An error boundary: content that cannot be rendered does not take down its surroundings. */
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
