import type { CallDetail, CallRow } from '../../../src/shared/call-data.ts';

export function makeCall(id: number, change: Partial<CallRow> = {}): CallRow {
  return {
    id,
    createdAt: 1_000 * id,
    kind: 'chat',
    task: 'chat',
    title: null,
    status: 'ok',
    providerName: 'OpenAI',
    host: 'api.openai.com',
    llm: true,
    model: 'gpt-4o-mini',
    attempt: 1,
    userId: 'anonymous',
    message: `question ${id}`,
    reply: `answer ${id}`,
    fileName: null,
    latencyMs: 812.4,
    timeToFirstTokenMs: 210,
    promptTokens: 10,
    completionTokens: 20,
    totalTokens: 30,
    requestBytes: 200,
    sent: true,
    errorCode: null,
    ...change,
  };
}

/** Calls from `newest` down to `oldest`. */
export function makeCalls(newest: number, oldest: number, change: Partial<CallRow> = {}): CallRow[] {
  return Array.from({ length: newest - oldest + 1 }, (_, index) => makeCall(newest - index, change));
}

export function makeCallDetail(id: number, change: Partial<CallDetail> = {}): CallDetail {
  return {
    ...makeCall(id),
    modelAnswered: 'gpt-4o-mini-2024-07-18',
    parameters: '{"temperature":0}',
    httpStatus: 200,
    requestId: 'req_1',
    finishReason: 'stop',
    cachedTokens: null,
    reasoningTokens: null,
    usage: null,
    problem: null,
    conversationId: null,
    messageId: null,
    batchId: null,
    itemId: null,
    note: null,
    requestBody: '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"question"}]}',
    replyBody: 'answer',
    damagedTexts: [],
    ...change,
  };
}
