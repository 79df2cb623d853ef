/** The folder shown in the README's screenshots, and what a model says about its files. */

interface Kind {
  readonly title: string;
  readonly sentiment: string;
  readonly topics: string;
  readonly summary: (firm: string) => string;
}

const firms = ['Norvik', 'Okafor', 'Lindqvist', 'Harbour'];

const kinds: readonly Kind[] = [
  {
    title: 'Complaint',
    sentiment: 'Negative',
    topics: 'late delivery, customs form, credit note',
    summary: (firm) => `${firm} delivered nine days late because a customs form was missing, and offers a credit note.`,
  },
  {
    title: 'Supply contract',
    sentiment: 'Neutral',
    topics: 'price review, renewal, liability',
    summary: (firm) => `The contract with ${firm} runs to 2028 and allows a price review ninety days before renewal.`,
  },
  {
    title: 'Site visit',
    sentiment: 'Positive',
    topics: 'calibration, training, spare parts',
    summary: (firm) => `The visit to ${firm} found every instrument calibrated and the staff well trained.`,
  },
  {
    title: 'Quarterly figures',
    sentiment: 'Positive',
    topics: 'orders, revenue, returns',
    summary: (firm) => `Orders from ${firm} rose by 12 percent while returns fell to their lowest in two years.`,
  },
  {
    title: 'Tender reply',
    sentiment: 'Neutral',
    topics: 'unit price, lead time, certificates',
    summary: (firm) => `${firm} offers 4,000 valves at 18.40 euros each with a lead time of six weeks.`,
  },
  {
    title: 'Meeting notes',
    sentiment: 'Neutral',
    topics: 'second supplier, stock, forecast',
    summary: (firm) => `It was agreed to keep eight weeks of stock and to look for a second supplier beside ${firm}.`,
  },
  {
    title: 'Audit report',
    sentiment: 'Negative',
    topics: 'traceability, batch numbers, deadline',
    summary: (firm) => `The audit of ${firm} found two batches that cannot be traced and asks for a remedy by May.`,
  },
  {
    title: 'Recall notice',
    sentiment: 'Negative',
    topics: 'sealing ring, serial numbers, replacement',
    summary: (firm) => `${firm} recalls 310 hubs whose sealing ring may leak and replaces them free of charge.`,
  },
  {
    title: 'Thank-you letter',
    sentiment: 'Positive',
    topics: 'repair, response time, cooperation',
    summary: (firm) => `The clinic thanks ${firm} for a repair within a day and wants to go on working together.`,
  },
  {
    title: 'Price list',
    sentiment: 'Neutral',
    topics: 'price change, discounts, valid from',
    summary: (firm) => `From April ${firm} charges 3.2 percent more for hubs and keeps its volume discounts.`,
  },
  {
    title: 'Delivery schedule',
    sentiment: 'Neutral',
    topics: 'calendar weeks, partial delivery, harbour',
    summary: (firm) => `${firm} delivers in weeks 14, 17 and 21, the second part by sea.`,
  },
  {
    title: 'Maintenance log',
    sentiment: 'Positive',
    topics: 'inspection, filters, no faults',
    summary: (firm) => `All pumps of ${firm} passed the inspection; only two filters were changed.`,
  },
];

interface ShownDocument {
  readonly name: string;
  readonly text: string;
  readonly summary: string;
  readonly sentiment: string;
  readonly topics: string;
}

export const shownDocuments: readonly ShownDocument[] = kinds.flatMap(({ title, sentiment, topics, summary }) =>
  firms.map((firm) => ({
    name: `${title} ${firm}.txt`,
    text: `${title}\n\n${summary(firm)}\n\nFurther points: ${topics}.`,
    summary: summary(firm),
    sentiment,
    topics,
  })),
);

/** The document contained in a prompt. */
export function documentIn(prompt: string): ShownDocument | undefined {
  return shownDocuments.find(({ text }) => prompt.includes(text));
}
