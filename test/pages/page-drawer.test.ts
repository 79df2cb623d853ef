import { describe, expect, it, onTestFinished } from 'vitest';
import type { FromPages, ToPages } from '../../src/main/pages/messages.ts';
import { createPageDrawer, type PageDrawerOptions } from '../../src/main/pages/page-drawer.ts';
import type { PagePicture } from '../../src/shared/page-picture.ts';

/** Processes that draw when the test says so. */
function drawerOf(options: Partial<PageDrawerOptions>) {
  const started: { readonly pages: number[]; readonly say: (message: FromPages) => void; killed: boolean }[] = [];
  const drawer = createPageDrawer({
    ...options,
    fork: () => {
      let listen: (message: unknown) => void = () => {};
      let gone: () => void = () => {};
      const child = { pages: [] as number[], say: (message: FromPages) => listen(message), killed: false };
      started.push(child);
      return {
        postMessage: (message: ToPages) => {
          if (message.type === 'begin') child.pages.push(message.job.page);
        },
        onMessage: (listener) => {
          listen = listener;
        },
        onExit: (listener) => {
          gone = listener;
        },
        kill: () => {
          child.killed = true;
          gone();
        },
      };
    },
  });
  onTestFinished(() => drawer.close());
  const draw = (page: number, signal = new AbortController().signal) =>
    drawer
      .draw({ path: 'a.pdf', inside: [], roots: null, sha256: '', format: 'pdf' }, page, 100, signal)
      .then((result) => (result.ok ? 'drawn' : result.error.code));
  return { started, draw };
}

const picture: PagePicture = { width: 1, height: 1, pixels: new Uint8Array(4), blank: true };
const drawn: FromPages = { type: 'end', result: { ok: true, value: picture } };

describe('a page that was left', () => {
  it('is finished if that is quick, so that its file stays open for the next', async () => {
    const { started, draw } = drawerOf({ leftAloneMs: 60_000 });
    const leaving = new AbortController();
    const [left, next] = [draw(1, leaving.signal), draw(2)];
    leaving.abort();
    expect(await left).toBe('cancelled');
    started[0]?.say(drawn);
    started[0]?.say(drawn);
    expect(await next).toBe('drawn');
    expect(started.map(({ pages, killed }) => ({ pages, killed }))).toEqual([{ pages: [1, 2], killed: false }]);
  });

  it('is given up if that takes long, and the next is drawn in a new process', async () => {
    const { started, draw } = drawerOf({ leftAloneMs: 1 });
    const leaving = new AbortController();
    const [left, next] = [draw(1, leaving.signal), draw(2)];
    leaving.abort();
    expect(await left).toBe('cancelled');
    await expect
      .poll(() => started.map(({ pages, killed }) => ({ pages, killed })))
      .toEqual([
        { pages: [1], killed: true },
        { pages: [2], killed: false },
      ]);
    started[1]?.say(drawn);
    expect(await next).toBe('drawn');
  });

  it('is not begun if it was still waiting', async () => {
    const { started, draw } = drawerOf({});
    const leaving = new AbortController();
    const [first, left, next] = [draw(1), draw(2, leaving.signal), draw(3)];
    leaving.abort();
    expect(await left).toBe('cancelled');
    started[0]?.say(drawn);
    started[0]?.say(drawn);
    expect(await Promise.all([first, next])).toEqual(['drawn', 'drawn']);
    expect(started[0]?.pages).toEqual([1, 3]);
  });
});
