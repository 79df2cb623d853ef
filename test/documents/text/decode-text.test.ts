import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/main/documents/text/decode-text.ts';

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
    ['windows-1252', 'Für die Füllung: ½ l Öl und 1½ Becher Milch.'],
  ])('recognises %s', (encoding, text) => {
    expect(decodeText(iconv.encode(text, encoding))).toEqual({
      text,
      encoding,
      invalidSequences: 0,
      notes: [{ code: 'encoding_guessed', params: { encoding, others: [] } }],
    });
  });

  it.each([
    [
      'cp850',
      `${german.replace('€', 'Mark')}\r\nGröße: fünf Stück, geprüft. Mit freundlichen Grüßen, Jörg Schäfer\r\n`,
    ],
    ['cp437', '╔════════════╗\r\n║ Müller     ║\r\n╚════════════╝\r\nGröße und Gewähr\r\n'],
    ['cp852', 'Dziękujemy za zamówienie. Urządzenia zostały wczoraj przekazane, proszę zapłacić.'],
    ['cp866', 'Директор сообщил, что поставка оборудования задерживается на две недели.'],
    ['cp857', 'Siparişiniz için teşekkür ederiz. Cihazlar dün teslim edildi, şehirde cuma günü olacaktır.'],
    ['cp737', 'Ο διευθυντής ανακοίνωσε ότι η παράδοση καθυστερεί δύο εβδομάδες.'],
    ['cp862', 'המנהל הודיע כי המשלוח מתעכב בשבועיים והלקוחות יקבלו הודעה.'],
    ['cp865', 'Rødgrød med fløde på Ærø, så er det godt. Blåbær og æbler ønskes også på fødselsdagen.'],
    ['macintosh', 'Produto;Preço;Região\rMaçã;2,50;São Paulo\rAçúcar;3,10;Goiás\rPão;1,20;Ceará\r'],
    ['macintosh', 'Größe: fünf Stück, geprüft. Für die Überweisung nächste Woche, Grüße'],
    ['maccyrillic', 'Директор сообщил, что поставка оборудования задерживается на две недели.'],
    ['koi8-u', 'Директор повідомив, що постачання обладнання затримується на два тижні, її немає.'],
    ['windows-1250', 'Dziękujemy za zamówienie. Urządzenia zostały wczoraj przekazane, proszę zapłacić. „Świeże”'],
    ['windows-1253', 'Ο διευθυντής ανακοίνωσε ότι η παράδοση καθυστερεί δύο εβδομάδες.'],
    ['windows-1255', 'המנהל הודיע כי המשלוח מתעכב בשבועיים והלקוחות יקבלו הודעה.'],
    ['windows-1256', 'أعلن المدير أن التسليم سيتأخر أسبوعين بسبب الطقس، وسيتم إبلاغ العملاء.'],
    ['windows-1257', 'Dėkojame už užsakymą. Įranga bus pristatyta kitą savaitę, ačiū.'],
    ['windows-874', 'ผู้อำนวยการแจ้งว่าการส่งมอบล่าช้าสองสัปดาห์'],
    ['iso-8859-5', 'Директор сообщил, что поставка оборудования задерживается на две недели.'],
    ['windows-1252', 'GRÖSSE;MÜNCHEN;KÖLN;ÜBERSICHT;ÄNDERUNG;STRASSE;MÜLLER;GERÄT\r\n'],
    ['windows-1252', 'Measured: 20°C, 30°C, 25°C and 40 µm ± 2 µm at £12.'],
  ])('reads %s with the right letters: %j', (encoding, text) => {
    expect(decodeText(iconv.encode(text, encoding))?.text).toBe(text);
  });

  it('names the alternatives to a guess', () => {
    const read = decodeText(iconv.encode('mieć', 'windows-1250'));
    const [note] = read?.notes ?? [];
    expect(note?.code).toBe('encoding_guessed');
    const params = note?.code === 'encoding_guessed' ? note.params : null;
    expect([params?.encoding, ...(params?.others ?? [])]).toContain('windows-1250');
  });

  it('does not count a declared encoding as a guess', () => {
    const page = '<meta charset="koi8-r"><p>Директор сообщил</p>';
    expect(decodeText(iconv.encode(page, 'koi8-r'))).toMatchObject({ text: page, notes: [] });
  });

  it.each([
    [
      'with a NUL in the middle of a line',
      `K00001;2026-02-02;37,01;EUR\nK000\0${'02;2026-03-03;74,02;EUR\n'.repeat(9)}`,
    ],
    ['of an odd length with a NUL', `K00001;2026-02-02;37,01;EUR\nK000\0${'02;2026-03-03;74,02;EUR\n'.repeat(9)}x`],
    ['with NULs at the end', `${'2026-03-01 worker 0 finished\n'.repeat(20)}${'\0'.repeat(4_096)}`],
    ['with NULs at the start', `${'\0'.repeat(4_096)}${'2026-03-01 worker 0 finished\n'.repeat(3)}`],
    ['with NULs and letters beyond ASCII', `Größe${'\0'.repeat(20)}\nÜbersicht\n`],
  ])('reads UTF-8 %s unchanged except for the NULs, and says so', (_, text) => {
    const nuls = text.split('\0').length - 1;
    expect(decodeText(Buffer.from(text))).toEqual({
      text: text.replaceAll('\0', ''),
      encoding: 'utf-8',
      invalidSequences: 0,
      notes: [{ code: 'nuls_dropped', params: { count: nuls } }],
    });
  });

  it('reads windows-1252 containing a NUL', () => {
    const bytes = iconv.encode('Lüftungsgeräte für Nürnberg\r\nGröße\0 geprüft\r\n', 'windows-1252');
    expect(decodeText(bytes)?.text).toBe('Lüftungsgeräte für Nürnberg\r\nGröße geprüft\r\n');
  });

  it('separates what NULs separate: padded fields, and entries that each end with one', () => {
    expect(decodeText(Buffer.from('Smith\0\0\0\0\0Leeds and so on and so on and so on\n'))?.text).toMatch(
      /^Smith Leeds/,
    );
    expect(decodeText(Buffer.from('../first long name\0./second long name\0./third long name\0'))?.text).toBe(
      '../first long name\n./second long name\n./third long name',
    );
  });

  it('reads UTF-16 containing a NUL character, with or without a byte order mark', () => {
    for (const addBOM of [true, false]) {
      const bytes = iconv.encode('BitLocker recovery key\0 and more words\r\n', 'utf-16le', { addBOM });
      expect(decodeText(bytes)).toMatchObject({
        text: 'BitLocker recovery key and more words\r\n',
        encoding: 'utf-16le',
      });
    }
  });

  it('reads UTF-16 without a byte order mark, cut in the middle of a character', () => {
    const bytes = iconv.encode('plain words\nin two lines\n', 'utf-16le', { addBOM: false });
    expect(decodeText(bytes.subarray(0, -1))?.text).toBe('plain words\nin two lines\ufffd');
  });

  it.each(['utf-16le', 'utf-16be'])('reads lines in %s appended to other lines', (order) => {
    const bytes = Buffer.concat([
      Buffer.from('2026-03-01 Größe written by a service\n'),
      iconv.encode('2026-03-02 appended by a shell\r\n', order, { addBOM: false }),
      Buffer.from('2026-03-03 written by the service\n'),
    ]);
    const read = decodeText(bytes);
    expect(read?.text).toBe(
      '2026-03-01 Größe written by a service\n2026-03-02 appended by a shell\r\n2026-03-03 written by the service\n',
    );
    expect(read?.notes).toEqual([{ code: 'encodings_mixed', params: { encodings: ['utf-8', order] } }]);
  });

  it('reads UTF-8 and windows-1252 lines in one file, each in its own encoding', () => {
    const bytes = Buffer.concat([
      Buffer.from('Die Lüftungsgeräte für München wurden geprüft.\n'),
      iconv.encode('Die Größe der Gehäuse wurde überprüft.\n', 'windows-1252'),
      Buffer.from('Die Übergabe ist nächste Woche.\n'),
    ]);
    const read = decodeText(bytes);
    expect(read?.text).toBe(
      'Die Lüftungsgeräte für München wurden geprüft.\nDie Größe der Gehäuse wurde überprüft.\nDie Übergabe ist nächste Woche.\n',
    );
    expect(read?.notes[0]).toEqual({ code: 'encodings_mixed', params: { encodings: ['utf-8', 'windows-1252'] } });
  });

  it('keeps short UTF-8 with one bad byte', () => {
    const bytes = Buffer.concat([Buffer.from('Größe in München'), Buffer.from([0xe9]), Buffer.from(' geprüft')]);
    expect(decodeText(bytes)).toMatchObject({ text: 'Größe in München\ufffd geprüft', invalidSequences: 1 });
  });

  it('reads text in another encoding behind a UTF-8 byte order mark', () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff'), iconv.encode('Lüftungsgeräte für Nürnberg', 'windows-1252')]);
    expect(decodeText(bytes)?.text).toBe('Lüftungsgeräte für Nürnberg');
  });

  it.each([
    ['utf-8', Buffer.from(`\ufeff${german}`)],
    ['utf-16le', iconv.encode(german, 'utf-16le', { addBOM: true })],
    ['utf-16be', iconv.encode(german, 'utf-16be', { addBOM: true })],
    ['utf-32', iconv.encode(german, 'utf-32le', { addBOM: true })],
  ])('trusts the byte order mark of %s and drops it from the text', (encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: german, encoding, invalidSequences: 0, notes: [] });
  });

  it.each([
    ['utf-16le', 'plain words\nin two lines'],
    ['utf-16be', 'plain words\nin two lines'],
    ['utf-16le', '新製品の発売時期\n検査に時間がかかっている\n'],
    ['utf-16be', '新製品の発売時期\n検査に時間がかかっている\n'],
  ])('recognises %s without a byte order mark: %j', (encoding, text) => {
    expect(decodeText(iconv.encode(text, encoding, { addBOM: false }))).toMatchObject({ text, encoding });
  });

  it('recognises the Japanese mail encoding, whose bytes are all ASCII', () => {
    const bytes = Buffer.from('\x1b$B5D;vO?\x1b(B of May', 'latin1');
    expect(decodeText(bytes)).toMatchObject({ text: '議事録 of May', encoding: 'iso-2022-jp' });
  });

  it('reads valid UTF-8 as UTF-8, whatever the page declares', () => {
    const page = '<meta charset="iso-8859-7"><p>Größe</p>';
    expect(decodeText(Buffer.from(page))).toMatchObject({ text: page, encoding: 'utf-8' });
  });

  it('trusts a declared encoding that statistics would get wrong', () => {
    const page = '<meta charset="iso-8859-7"><p>και</p>';
    expect(decodeText(iconv.encode(page, 'iso-8859-7'))).toMatchObject({ text: page, encoding: 'iso-8859-7' });
  });

  it('finds the encoding from letters late in a long file', () => {
    const text = `${'plain words\n'.repeat(20_000)}${german}`;
    expect(decodeText(iconv.encode(text, 'windows-1252'))).toMatchObject({ text, encoding: 'windows-1252' });
  });

  it('counts the invalid sequences of damaged UTF-8 and keeps the rest', () => {
    const bytes = Buffer.concat([Buffer.from('Größe, Übermut, Ärger. '.repeat(10)), Buffer.from([0xff])]);
    expect(decodeText(bytes)).toMatchObject({ encoding: 'utf-8', invalidSequences: 1 });
  });

  it('never returns half a character of a truncated UTF-16 file', () => {
    const bytes = iconv.encode('cut', 'utf-16le', { addBOM: true });
    expect(decodeText(bytes.subarray(0, -1))).toMatchObject({
      text: 'cu\ufffd',
      encoding: 'utf-16le',
      invalidSequences: 1,
    });
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
