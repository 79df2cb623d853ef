/** How much a model may reason, least first, by the names that servers use. */
export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

/** `least`: as little as the model allows. `model`: the model's own default. */
export const effortChoices = ['least', 'model', ...efforts] as const;
export type EffortChoice = (typeof effortChoices)[number];
