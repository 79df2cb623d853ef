import { OctagonAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface Props {
  readonly name: string;
  readonly children: ReactNode;
}

/** Contains a bug in one surface, so that the others stay usable. */
export class ErrorBoundary extends Component<Props, { readonly error: Error | null }> {
  override state = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error }: { error: Error | null } = this.state;
    if (error === null) return this.props.children;
    return (
      <EmptyState
        icon={<OctagonAlert />}
        title={`${this.props.name} stopped working`}
        actions={<Button onClick={() => this.setState({ error: null })}>Show it again</Button>}
      >
        <p>This is a bug in Docket. Nothing stored is lost, and work in progress continues.</p>
        <p data-selectable>{String(error)}</p>
      </EmptyState>
    );
  }
}
