/** Prose in two columns, line by line. */
export const leftLines = [
  'The tenant pays the rent on the first',
  'working day of each month, to the one',
  'account that the landlord names, and',
  'tells the landlord of all damages that',
  'the rooms take as soon as it is known.',
  'Costs of repairs which the tenant has',
  'caused are borne by the tenant, while',
  'the others are borne by the landlord.',
  'No other rule of law is to be applied.',
];
export const rightLines = [
  'Whoever gives notice does so by letter',
  'at least three months before the lease',
  'ends, and in the summer four of them if',
  'nothing else has been agreed about it.',
  'The keys are given back on the last day',
  'to whoever the landlord sends for them.',
  'What the tenant leaves behind is kept a',
  'month and sold after that, to the good',
  'of the tenant as far as money is owing.',
];
