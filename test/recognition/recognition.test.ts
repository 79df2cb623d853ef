import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { imageSize } from 'image-size';
import { describe, expect, it } from 'vitest';
import { findLanguages } from '../../src/main/recognition/languages.ts';
import { tempFolder } from '../documents/temp-folder.ts';
import {
  bmp,
  letterLines,
  pdfOf,
  pictureOf,
  png,
  quarterTurn,
  tiff,
  tiffOfJpeg,
  withOrientation,
} from '../support/page-pictures.ts';
import { english, reader, wordsOf } from './reader.ts';

/** Made with Skia: a line of text, and the same seen in a mirror; the HEIC file by libheif from the JPEG file. */
const files = join(import.meta.dirname, 'files');
const letter = wordsOf(letterLines.join(' '));

describe('a picture of a page', () => {
  it('is read by its words, and said to be recognised', async () => {
    const path = tempFolder().put('scan.png', png(await pictureOf()));
    const page = await reader().read(path);
    expect(page.words).toEqual(letter);
    expect(page).toMatchObject({ format: 'png', places: null });
    expect(page.said).toEqual([
      expect.stringMatching(/^This text was recognised from an image \(English, confidence 9\d of 100\)\.$/),
    ]);
  });

  it('is read although it lies on its side or upside down, and tells where its words stand', async () => {
    const folder = tempFolder();
    const { kept, read } = reader();
    const side = quarterTurn(await pictureOf());
    const pictures = [side, quarterTurn(side), quarterTurn(quarterTurn(side))];
    for (const [index, picture] of pictures.entries()) {
      expect((await read(folder.put(`${index}.png`, png(picture)))).words).toEqual(letter);
    }
    const firstWords = kept.map(({ words }) => {
      const [left = 0, top = 0, right = 0, bottom = 0] = words?.boxes ?? [];
      return [words?.words[0], top + bottom < 10_000 ? 'top' : 'bottom', left + right < 10_000 ? 'left' : 'right'];
    });
    expect(firstWords).toEqual([
      ['Northwind', 'top', 'right'],
      ['Northwind', 'bottom', 'right'],
      ['Northwind', 'bottom', 'left'],
    ]);
  });

  it.each(['jpeg', 'webp', 'gif', 'heic', 'avif'])('is read from a %s file', async (format) => {
    const page = await reader().read(join(files, `line.${format}`));
    expect(page).toMatchObject({ format, words: ['Invoice', 'total', '1,234.50', 'EUR'] });
  });

  it('is read from a bmp file', async () => {
    const path = tempFolder().put('scan.bmp', bmp(await pictureOf()));
    expect(await reader().read(path)).toMatchObject({ format: 'bmp', words: letter });
  });

  it('is read as its camera says it was held', async () => {
    const mirrored = readFileSync(join(files, 'mirrored.jpeg'));
    const path = tempFolder().put('mirrored.jpg', withOrientation(mirrored, 2));
    expect(await reader().read(path)).toMatchObject({ words: ['Invoice', 'total', '1,234.50', 'EUR'] });
  });

  it.each(['png', 'webp'])('is read as a %s file says that it was held', async (format) => {
    const path = join(files, `mirrored.${format}`);
    expect(await reader().read(path)).toMatchObject({ words: ['Invoice', 'total', '1,234.50', 'EUR'] });
  });

  it('with others in a TIFF is one page of several', async () => {
    const pages = [await pictureOf(['The first page of the fax']), await pictureOf(['The second page of the fax'])];
    const fax = await reader().read(tempFolder().put('fax.tif', tiff(pages)));
    expect(fax.text).toBe('The first page of the fax\n\nThe second page of the fax');
    expect(fax.places).toEqual({ unit: 'page', starts: [0, 27], names: null });
    expect(fax.said).toEqual([expect.stringContaining('The text of all 2 pages was recognised from images')]);
  });

  it('is read from a TIFF that is packed by Deflate, each page turned as it says', async () => {
    const side = quarterTurn(await pictureOf(['The first page of the fax']));
    const other = quarterTurn(await pictureOf(['The second page of the fax']));
    const fax = await reader().read(
      tempFolder().put('fax.tif', tiff([side, other], { deflated: true, orientation: 8 })),
    );
    expect(fax.text).toBe('The first page of the fax\n\nThe second page of the fax');
  });

  it('is read from a TIFF that is packed as JPEG, as by a colour scanner', async () => {
    const jpeg = readFileSync(join(files, 'line.jpeg'));
    const { width, height } = imageSize(jpeg);
    const scan = await reader().read(tempFolder().put('scan.tif', tiffOfJpeg(jpeg, { width, height })));
    expect(scan).toMatchObject({ format: 'tiff', words: ['Invoice', 'total', '1,234.50', 'EUR'] });
  });

  it('in a TIFF whose packing is cut off or lies about its size says so', async () => {
    const whole = tiff([await pictureOf()], { deflated: true });
    const data = whole.indexOf(Buffer.from([0x78, 0x9c]));
    const damaged = Buffer.from(whole);
    damaged.fill(0, data + 20, data + 400);
    await expect(reader().read(tempFolder().put('cut.tif', damaged))).rejects.toThrow(
      'Nothing was recognised in this image: it is damaged, or packed in a way that Docket does not know.',
    );
  });

  it('without words says so', async () => {
    const path = tempFolder().put('blank.png', png(await pictureOf([])));
    await expect(reader().read(path)).rejects.toThrow('No words were recognised in this image.');
  });

  it('that claims to be vast is refused before it is decoded', async () => {
    const folder = tempFolder();
    const vast = png({ width: 1, height: 1, pixels: Buffer.alloc(1) });
    vast.writeUInt32BE(100_000, 16);
    vast.writeUInt32BE(100_000, 20);
    const fax = tiff([{ width: 1, height: 1, pixels: Buffer.alloc(1) }]);
    const [widthAt, heightAt] = [fax.length - 4 - 10 * 12 + 8, fax.length - 4 - 9 * 12 + 8];
    fax.writeUInt32LE(100_000, widthAt);
    fax.writeUInt32LE(100_000, heightAt);
    const { read } = reader();
    for (const path of [folder.put('bomb.png', vast), folder.put('bomb.tiff', fax)]) {
      await expect(read(path)).rejects.toThrow(
        'This image is 100,000 × 100,000 pixels; the limit is 100 million in all',
      );
    }
  });

  it('that is damaged says so', async () => {
    const whole = png(await pictureOf());
    const path = tempFolder().put('half.png', whole.subarray(0, 40));
    await expect(reader().read(path)).rejects.toThrow('it is damaged, or packed in a way');
  });

  it('in a HEIC file that lies about itself, was cut off or holds something else says so', async () => {
    const whole = readFileSync(join(files, 'line.heic'));
    const sizeAt = whole.indexOf('ispe') + 8;
    const sized = (width: number, height: number) => {
      const copy = Buffer.from(whole);
      copy.writeUInt32BE(width, sizeAt);
      copy.writeUInt32BE(height, sizeAt + 4);
      return copy;
    };
    const renamed = (from: string, to: string) => {
      const copy = Buffer.from(whole);
      for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at);
      return copy;
    };
    const folder = tempFolder();
    const { read } = reader();
    const vast = folder.put('vast.heic', sized(100_000, 100_000));
    await expect(read(vast)).rejects.toThrow('This image is 100,000 × 100,000 pixels');
    for (const [name, bytes] of [
      ['large.heic', sized(9_000, 9_000)],
      ['cut.heic', whole.subarray(0, whole.length - 600)],
      ['other.heic', renamed('hvc1', 'av01')],
    ] as const) {
      await expect(read(folder.put(name, bytes)), name).rejects.toThrow('it is damaged, or packed in a way');
    }
    await expect(read(folder.put('head.heic', whole.subarray(0, 60)))).rejects.toThrow('damaged');
    const avif = folder.put('a.avif', Buffer.concat([whole.subarray(0, 8), Buffer.from('avif'), whole.subarray(12)]));
    await expect(read(avif)).rejects.toThrow('it is damaged, or packed in a way');
  });

  it('in an AVIF file is turned as the file says; one that was cut off or lies about its size says so', async () => {
    const turned = readFileSync(join(files, 'turned.avif'));
    const { read } = reader();
    const folder = tempFolder();
    expect((await read(folder.put('turned.avif', turned))).words).toEqual(['Invoice', 'total', '1,234.50', 'EUR']);
    const vast = Buffer.from(turned);
    vast.writeUInt32BE(100_000, vast.indexOf('ispe') + 8);
    await expect(read(folder.put('wide.avif', vast))).rejects.toThrow('This image is 100,000 ×');
    const small = Buffer.from(turned);
    small.writeUInt32BE(16, small.indexOf('ispe') + 8);
    for (const [name, bytes] of [
      ['small.avif', small],
      ['cut.avif', turned.subarray(0, turned.length - 600)],
    ] as const) {
      await expect(read(folder.put(name, bytes)), name).rejects.toThrow('it is damaged, or packed in a way');
    }
  });

  it('is read in further languages whose data the user has, and a missing one is named', async () => {
    const folder = tempFolder();
    const [english] = (await findLanguages(['eng'], [])).data;
    folder.put('xyz.traineddata', gunzipSync(readFileSync(english?.path ?? '')));
    const path = folder.put('scan.png', png(await pictureOf()));
    const page = await reader({ languages: () => findLanguages(['xyz', 'qqq'], [folder.path]) }).read(path);
    expect(page.words).toEqual(letter);
    expect(page.said).toContain(
      'The recognition data of qqq is not on this machine, so pages were recognised without it.',
    );
  });

  it('is left alone while recognition is off', async () => {
    const path = tempFolder().put('scan.png', png(await pictureOf()));
    await expect(reader({ languages: async () => null }).read(path)).rejects.toThrow('text recognition is off');
  });
});

describe('a PDF', () => {
  it('of pictures and text has its pictures recognised, each in its place', async () => {
    const pages = [
      'Written words of page one.',
      await pictureOf(['Pictured words of page two']),
      'Written page three.',
    ];
    const mixed = await reader().read(tempFolder().put('mixed.pdf', await pdfOf(pages)));
    expect(mixed.text).toBe('Written words of page one.\n\nPictured words of page two\n\nWritten page three.');
    expect(mixed.places).toEqual({ unit: 'page', starts: [0, 28, 56], names: null });
    expect(mixed.said).toEqual([expect.stringContaining('The text of 1 of 3 pages was recognised from images')]);
  });

  it('of pictures alone is read, and a page without words is named', async () => {
    const scan = await pdfOf([await pictureOf(), await pictureOf([])]);
    const read = await reader().read(tempFolder().put('scan.pdf', scan));
    expect(read.words).toEqual(letter);
    expect(read.said).toEqual([
      expect.stringContaining('The text of 1 of 2 pages was recognised from images'),
      '1 of 2 pages (2) are images in which no words were recognised.',
    ]);
  });

  it('whose scans have a stamp of text on them is read by its scans', async () => {
    const scan = await pictureOf(letterLines, [595, 842]);
    const stamped = await pdfOf(['A cover page that was typed.', { picture: scan, stamp: 'Received 3 March' }]);
    const read = await reader().read(tempFolder().put('stamped.pdf', stamped));
    expect(read.words).toEqual(expect.arrayContaining([...letter]));
    expect(read.said).toEqual([expect.stringContaining('The text of 1 of 2 pages was recognised from images')]);
  });

  it('that was changed while it waited is not recognised', async () => {
    const folder = tempFolder();
    const path = folder.put('scan.pdf', await pdfOf([await pictureOf()]));
    const other = await pdfOf([await pictureOf(['Other words'])]);
    const { read } = reader({
      languages: async () => {
        folder.put('scan.pdf', other);
        return english();
      },
    });
    await expect(read(path)).rejects.toThrow('This file was changed while it was being read.');
  });
});
