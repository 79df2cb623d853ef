/** Typical work documents, for the tests of the built-in engine. */

export const englishReport = `# Quarterly supply report

Prepared by Dr. Helen Moss, Procurement, for the board meeting on Oct. 14.

Supplier delays cost the company 1.3 million dollars in the third quarter. The delays came from two
suppliers of circuit boards, e.g. the plant in Penang that was flooded in July. Lead times for circuit
boards rose from 6.5 to 11 weeks, while lead times for displays stayed at four weeks (see Fig. 3).

We propose a second supplier for circuit boards. A second supplier raises the unit price by 2.4 percent,
but it cuts the risk of a halt in production by half. The U.S. plant can take orders from January on, and
Acme Inc. has offered a frame contract until 2028.

- Board approval is needed by Nov. 30.
- The frame contract must be checked by Legal, i.e. by Ms. Okafor.
- Penang remains the main supplier of circuit boards.

"We cannot afford another halt," said Mr. Jones. The production halt in July delayed 212 customer orders.
Customers who waited for their orders were told about the delay within two days. Most customers accepted
a later delivery, vs. only eight who cancelled.

## Next steps

Procurement will negotiate the frame contract with the second supplier. Legal will check the contract
before the board decides. If the board approves, the first circuit boards arrive in February.
`;

export const angryMail = `Subject: Terrible service

I am very disappointed with your support. The replacement was broken again and nobody answered my
complaints. This is the worst experience I have ever had with a printer. I hate the useless manual, too.
I want a refund, and I will not recommend this awful product to anyone.
`;

export const happyReview = `I love this keyboard. It is a wonderful and beautifully made product, and typing on it is a joy. Support
was friendly and helped me quickly with a great answer. I am happy to recommend it to everyone!
`;

export const plainMinutes = `The meeting started at ten. The committee reviewed the schedule for the second phase. The cables will be
laid between the two buildings in March. The contractor sends the drawings on Monday. The committee meets
again on the third of May in room 214.
`;

export const germanLetter = `Sehr geehrte Frau Dr. Lehmann,

vielen Dank für Ihre Anfrage vom 3. März 2026. Die Wartung der Heizungsanlage umfasst z. B. die Prüfung der
Pumpen, den Austausch der Filter und die Messung der Abgaswerte. Die Heizungsanlage im Gebäude 4 ist seit ca.
zwölf Jahren in Betrieb. Nach unseren Unterlagen wurde die letzte Wartung im 2. Quartal 2023 durchgeführt.
Die Filter sind gem. Herstellerangabe alle 24 Monate zu tauschen, d. h. der Austausch ist überfällig.

Wir bieten Ihnen die Wartung zum Festpreis von 1.480,50 Euro an. Der Festpreis enthält die Filter, die Anfahrt
und die Prüfung der Pumpen. Bitte bestätigen Sie den Termin bis zum 15. April. Nach der Wartung erhalten Sie
ein Protokoll mit allen Messwerten der Heizungsanlage.

Mit freundlichen Grüßen
Karl Brandt
`;

export const frenchNote = `Compte rendu de la réunion du 12 mars

M. Dupont a présenté le budget de l'année prochaine. Le budget des transports augmente de 3,5 % en raison du
prix du carburant. Mme Leroy demande une étude sur les transports régionaux avant la fin du mois. Les communes
du département participent au financement des transports régionaux. Le conseil a voté le budget à l'unanimité.
La prochaine réunion du conseil aura lieu le 9 avril à la mairie. Les documents, c.-à-d. le budget et l'étude,
seront envoyés aux communes une semaine avant la réunion.
`;

export const japaneseNotice = `社内ネットワーク更新のお知らせ

来月、本社の社内ネットワークを更新します。更新作業は三月十日の夜に行います。作業中は社内ネットワークを利用できません。
メールとファイル共有は、更新作業が終わるまで停止します。「作業は朝六時までに終わる予定です。」と情報システム部は説明しました。
新しい社内ネットワークは通信速度が三倍になります。ご不明な点は情報システム部までお問い合わせください。
`;

export const chineseNote = `项目进度报告

本季度仓库自动化项目完成了第一阶段的测试。测试结果表明，自动化系统把订单处理时间缩短了百分之四十。
仓库员工已经接受了自动化系统的培训。第二阶段将在六月开始，重点是连接仓库与运输公司的数据系统。
由于部分设备交货延迟，第二阶段的预算增加了百分之五。
`;

export const koreanNote = `회의록

이번 회의에서는 창고 이전 계획을 논의했습니다. 창고 이전은 9월에 시작하여 두 달 동안 진행됩니다.
이전 비용은 예산보다 10퍼센트 높습니다. 담당자는 이전 계획을 다음 주까지 제출해야 합니다.
`;

export const ticketsCsv = `id,opened,customer,"what happened",status
1041,2026-02-03,Nordwind,"The invoice shows the wrong tax rate, and the payment was refused.",open
1042,2026-02-03,Baker & Co,"The export of the invoice stops at page two.
It happened twice.",open
1043,2026-02-04,Nordwind,"The login page says ""session expired"" after every payment.",closed
1044,2026-02-05,Zephyr,"The invoice was sent to an old address although the customer had changed it.",open
1045,2026-02-06,Larkin,"A payment for one invoice was booked two times.",open
`;

export const numbersCsv = `region;month;orders;revenue
north;2026-01;412;18021.50
north;2026-02;388;17100.00
south;2026-01;290;11250.75
south;2026-02;301;12004.10
`;

export const sourceCode = `import { Agent } from 'undici';

/**
 * Opens the pool of connections once and hands it to every caller.
 * The pool is closed when the application quits, so that no socket stays open.
 */
export function openConnectionPool(poolSize: number): Agent {
  if (poolSize < 1) throw new RangeError('The pool needs at least one connection to work with.');
  // A connection that was idle for a minute is closed by the server: give it up before that.
  return new Agent({ connections: poolSize, keepAliveTimeout: 55_000 });
}

export const poolSizeOf = (agent: Agent): number => agent.stats.length;
`;

export const bareCode = `const a = 1;
let b = a + 2;
for (let i = 0; i < b; i++) {
  f(i);
}
`;

/** English text of about `characters`, without repeated sentences. */
export function longEnglish(characters: number): string {
  const subjects = ['The supplier', 'The committee', 'A customer', 'The warehouse', 'Our contract', 'The new plant'];
  const verbs = ['delayed', 'reviewed', 'returned', 'accepted', 'measured', 'replaced'];
  const objects = [
    'the circuit boards',
    'the annual budget',
    'several orders',
    'the delivery plan',
    'a frame contract',
  ];
  const reasons = ['because of the flood', 'after the audit', 'before the deadline', 'in the second quarter'];
  const sentences: string[] = [];
  let length = 0;
  for (let index = 0; length < characters; index += 1) {
    // A made-up name for each number: page numbers alone do not make a sentence another one.
    const word = (value: number): string =>
      `Mr. K${value.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)))}`;
    const pick = (list: readonly string[], step: number): string => list[Math.floor(index / step) % list.length] ?? '';
    const sentence = `${pick(subjects, 1)} ${pick(verbs, 6)} ${pick(objects, 36)} ${pick(reasons, 180)} as ${word(index)} noted.`;
    sentences.push(index % 9 === 8 ? `${sentence}\n\n` : `${sentence} `);
    length += sentence.length + 1;
  }
  return sentences.join('');
}
