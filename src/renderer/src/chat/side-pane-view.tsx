import { assertNever } from '../../../shared/result.ts';
import type { SidePane } from './chat-instance.ts';
import { FilePane } from './file-pane.tsx';
import { PastedPane } from './pasted-pane.tsx';
import { closeSidePane } from './side-pane.ts';

/** The text that is open beside the conversation. */
export function SidePaneView({ pane }: { readonly pane: SidePane }) {
  switch (pane.kind) {
    case 'file':
      return (
        <FilePane
          key={pane.attachment.id}
          attachment={pane.attachment}
          replyId={pane.replyId}
          quoted={pane.quoted}
          onClose={closeSidePane}
        />
      );
    case 'pasted':
      return <PastedPane draft={pane.draft} onClose={closeSidePane} />;
    default:
      return assertNever(pane);
  }
}
