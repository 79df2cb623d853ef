/** A reply as most windows draw it: with every piece the whole of it is parsed and rendered again, once a frame. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

const remarkPlugins = [remarkGfm];
const root = createRoot(document.querySelector('#reply'));

/**
 * @param {readonly string[]} pieces
 * @param {number} everyMs
 */
globalThis.stream = async (pieces, everyMs) => {
  const startedAt = performance.now();
  let shown = 0;
  while (shown < pieces.length) {
    await new Promise(requestAnimationFrame);
    const due = Math.min(pieces.length, Math.ceil((performance.now() - startedAt) / everyMs));
    if (due === shown) continue;
    shown = due;
    root.render(createElement(ReactMarkdown, { remarkPlugins }, pieces.slice(0, shown).join('')));
    window.scrollTo(0, document.body.scrollHeight);
  }
};
