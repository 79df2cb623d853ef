import { commentLine } from '../comment-line.ts';
import type { Destination } from './destinations.ts';
import type { Groups } from './groups.ts';
import { createFrame, type Frame } from './states.ts';
import type { StoryWriter } from './story-writer.ts';

/** Takes the text of a frame that has ended. Returns what stands for it where it was. */
export type OnFrame = (frame: Frame) => string;

type FrameKind = 'note' | 'header' | 'footer' | 'box' | 'comment';
const frameKinds: ReadonlySet<Destination> = new Set(['note', 'header', 'footer', 'box', 'comment']);
/** A text box in a note in a text box; deeper ones are read as part of what they lie in. */
const maxFrameDepth = 10;

export function isFrame(destination: Destination): destination is FrameKind {
  return frameKinds.has(destination);
}

/** The texts beside the body, each of which is handed over when it ends. */
export function createFrames(groups: Groups, writer: StoryWriter, onFrame: OnFrame) {
  let awaitsNote = false;
  /** Who makes the next comment. */
  let author = '';

  return {
    enter(kind: FrameKind): void {
      const { depth } = groups.state().frame;
      const frame = depth < maxFrameDepth ? createFrame(kind, depth + 1) : groups.state().frame;
      if (kind === 'note') {
        frame.isNumbered = awaitsNote;
        awaitsNote = false;
      }
      groups.change({ ...groups.plain(), destination: 'text', frame, level: 0 });
    },
    end(frame: Frame): void {
      const { frame: around, level } = groups.state();
      const isLeftOut = groups.isLeftOut();
      const shown = isLeftOut ? frame.story.finish() : onFrame(frame);
      // What stands in hidden or deleted text is counted with it.
      if (isLeftOut || frame.kind === 'note') writer.write(shown);
      else if (frame.kind === 'comment') around.story.comment(commentLine(author, shown));
      else if (frame.kind === 'box' && shown !== '') around.story.block(shown, level);
      if (frame.kind === 'comment') author = '';
    },
    /** The mark of a note, in it or where it is made. */
    noteMark(): void {
      const { frame } = groups.state();
      if (frame.kind === 'note') frame.isNumbered = true;
      else awaitsNote = true;
    },
    setAuthor(name: string): void {
      author = name;
    },
  };
}
