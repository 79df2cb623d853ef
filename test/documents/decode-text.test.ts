import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/main/documents/decode-text.ts';

const german = 'Sehr geehrte Frau Müller, die Lüftungsgeräte für 12.480 € treffen am Freitag in Nürnberg ein.';

describe('decoding text', () => {
  it.each([
    ['windows-1252', german],
    ['windows-1251', 'Директор сообщил, что поставка оборудования задерживается на две недели.'],
    ['koi8-r', 'Директор сообщил, что поставка оборудования задерживается на две недели.'],
    ['iso-8859-2', 'Děkujeme za Vaši objednávku ze dne 3. března. Zařízení byla včera předána dopravci.'],
    [
      'windows-1254',
      'Siparişiniz için teşekkür ederiz. Cihazlar dün nakliyeciye teslim edildi, şehirde cuma günü olacaktır.',
    ],
    ['shift_jis', '新製品の発売時期について話し合った。開発部は、検査に時間がかかっていると説明した。'],
    ['euc-jp', '新製品の発売時期について話し合った。開発部は、検査に時間がかかっていると説明した。'],
    ['gb18030', '本公司计划在今年第三季度采购四十台数控机床，用于苏州新工厂的生产线。'],
    ['big5', '討論了新產品的上市時間。開發部門說明，由於檢驗需要時間，希望將上市時間延後。'],
    ['euc-kr', '신제품의 출시 시기에 대해 논의했다. 개발부는 검사에 시간이 걸린다고 설명했다.'],
    ['iso-8859-15', 'Le coût de la manœuvre est de 12 € par jour, à régler avant la fin de l’été.'.replace('’', "'")],
    ['iso-8859-15', 'Lüftungsgeräte;12 €\r\nWärmetauscher;9 €\r\n'],
    ['windows-1252', 'Für die Füllung: ½ l Öl und 1½ Becher Milch.'],
  ])('recognises %s', (encoding, text) => {
    expect(decodeText(iconv.encode(text, encoding))).toEqual({ text, encoding, invalidSequences: 0 });
  });

  it.each([
    ['utf-8', Buffer.from(`\ufeff${german}`)],
    ['utf-16le', iconv.encode(german, 'utf-16le', { addBOM: true })],
    ['utf-16be', iconv.encode(german, 'utf-16be', { addBOM: true })],
    ['utf-32', iconv.encode(german, 'utf-32le', { addBOM: true })],
  ])('believes the byte order mark of %s and leaves it out of the text', (encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: german, encoding, invalidSequences: 0 });
  });

  it.each([
    ['utf-16le', 'plain words\nin two lines'],
    ['utf-16be', 'plain words\nin two lines'],
    ['utf-16le', '新製品の発売時期\n検査に時間がかかっている\n'],
    ['utf-16be', '新製品の発売時期\n検査に時間がかかっている\n'],
  ])('recognises %s without a mark: %j', (encoding, text) => {
    expect(decodeText(iconv.encode(text, encoding, { addBOM: false }))).toMatchObject({ text, encoding });
  });

  it('recognises Japanese mail encoding, which is ASCII by its bytes', () => {
    const bytes = Buffer.from('\x1b$B5D;vO?\x1b(B of May', 'latin1');
    expect(decodeText(bytes)).toMatchObject({ text: '議事録 of May', encoding: 'iso-2022-jp' });
  });

  it('takes valid UTF-8 for UTF-8 whatever the page declares', () => {
    const page = '<meta charset="iso-8859-7"><p>Größe</p>';
    expect(decodeText(Buffer.from(page))).toMatchObject({ text: page, encoding: 'utf-8' });
  });

  it('believes what a page declares where statistics would be wrong', () => {
    const page = '<meta charset="iso-8859-7"><p>και</p>';
    expect(decodeText(iconv.encode(page, 'iso-8859-7'))).toMatchObject({ text: page, encoding: 'iso-8859-7' });
  });

  it('finds the encoding by letters that come late in a long file', () => {
    const text = `${'plain words\n'.repeat(20_000)}${german}`;
    expect(decodeText(iconv.encode(text, 'windows-1252'))).toMatchObject({ text, encoding: 'windows-1252' });
  });

  it('counts the broken sequences of damaged UTF-8 and keeps the rest', () => {
    const bytes = Buffer.concat([Buffer.from('Größe, Übermut, Ärger. '.repeat(10)), Buffer.from([0xff])]);
    expect(decodeText(bytes)).toMatchObject({ encoding: 'utf-8', invalidSequences: 1 });
  });

  it('never makes half a character of a cut UTF-16 file', () => {
    const bytes = iconv.encode('cut', 'utf-16le', { addBOM: true });
    expect(decodeText(bytes.subarray(0, -1))).toEqual({ text: 'cu\ufffd', encoding: 'utf-16le', invalidSequences: 1 });
  });

  it('keeps terminal colours and old end-of-file marks', () => {
    expect(decodeText(Buffer.from('\x1b[31mred\x1b[0m\x1a'))).toMatchObject({ encoding: 'utf-8' });
  });

  it.each([
    ['numbers', Buffer.from(new Int32Array(1_000).map((_, index) => index * 7).buffer)],
    ['floating-point numbers', Buffer.from(new Float64Array(1_000).map((_, index) => index * 1.37).buffer)],
    ['a ramp of all byte values', Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 167) % 256))],
    ['control characters without NUL', Buffer.from(Array.from({ length: 400 }, (_, index) => 1 + (index % 7)))],
    ['a mark of UTF-16 before binary data', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.alloc(64)])],
  ])('finds no text in %s', (_, bytes) => {
    expect(decodeText(bytes)).toBeNull();
  });
});
