import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../../src/main/documents/html/html-to-text.ts';

const textOf = (html: string): string => htmlToText(html).text;

describe('what stands in a page for what cannot be shown', () => {
  it('is read where it stands for an object or a canvas, within each other, too', () => {
    expect(
      textOf(
        '<object data="sales.svg"><param name="a" value="b"><object data="sales.png"><p>Sales rose</p></object></object>',
      ),
    ).toBe('Sales rose');
    const table =
      '<table><tr><th>Year</th><th>Share</th></tr><tr><td>2024</td><td>Browser support 60%</td></tr></table>';
    expect(textOf(`<p>a</p><canvas>${table}</canvas><p>b</p>`)).toBe(
      'a\n\nYear | Share\n2024 | Browser support 60%\n\nb',
    );
  });

  it('has no sentence that only says so', () => {
    const excuses = [
      'Your browser does not support the canvas element.',
      'This page requires JavaScript.',
      'Please install the Flash plugin',
    ];
    for (const excuse of excuses) {
      expect(textOf(`<p>a</p><object><p>${excuse}</p><a href="r.pdf">The report</a></object>`)).toBe('a\n\nThe report');
      expect(textOf(`<p>${excuse}</p>`)).toBe(excuse);
    }
  });

  it('keeps what is about browsers', () => {
    const words = 'We get most visits from one browser; updates of the others bring few.';
    expect(textOf(`<canvas><p>${words}</p></canvas>`)).toBe(words);
  });

  it('is left out of videos and sounds, as browsers do, and counted if it is much', () => {
    const page = (words: string) =>
      htmlToText(`<p>${'Shown. '.repeat(100)}</p><video><source src="v.mp4"><p>${words}</p></video>`);
    expect(page('Download the video').text).not.toContain('Download');
    expect(page('Your browser does not support video. '.repeat(4)).notes).toEqual([]);
    expect(page('spoken '.repeat(50)).notes).toEqual([{ code: 'hidden_text_left_out', params: { characters: 300 } }]);
  });

  it('ends nowhere too late', () => {
    expect(textOf('<canvas id="c"><p>a</p>')).toBe('a');
    expect(textOf('<iframe src="x"><p>never shown</p></iframe><embed src="x">b')).toBe('b');
  });
});
