/** Rows for the store's tests. Does not import the test runner, so that child processes can use it too. */

import { type CallIntent, type CallOutcome, excerpt } from '../../src/main/audit/call-record.ts';
import { toRequestBody } from '../../src/main/audit/request-body.ts';
import type { NewBatch } from '../../src/main/batch/batch-record.ts';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import type { Message } from '../../src/shared/chat-data.ts';
import { newQuestion } from '../../src/shared/new-message.ts';

export function intent(asked: string, over: Partial<CallIntent> = {}): CallIntent {
  const json = JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: asked }] });
  return {
    createdAt: 1_750_000_000_000,
    kind: 'chat',
    task: 'chat',
    title: null,
    providerName: 'OpenAI',
    host: 'api.openai.com',
    llm: true,
    local: false,
    model: 'gpt-4o-mini',
    parameters: '{"temperature":0}',
    attempt: 1,
    userId: 'anonymous',
    message: excerpt(asked),
    body: toRequestBody(json, []),
    requestBytes: Buffer.byteLength(json),
    fileName: null,
    conversationId: null,
    messageId: null,
    batchId: null,
    itemId: null,
    ...over,
  };
}

export function outcome(callId: number, reply: string | null, over: Partial<CallOutcome> = {}): CallOutcome {
  return {
    callId,
    status: reply === null ? 'error' : 'ok',
    sent: true,
    modelAnswered: 'gpt-4o-mini-2024-07-18',
    reply,
    httpStatus: 200,
    requestId: 'req_1',
    finishReason: 'stop',
    promptTokens: 3,
    completionTokens: 4,
    totalTokens: 7,
    usage: null,
    timeToFirstTokenMs: 1.5,
    latencyMs: 12.3,
    note: null,
    problem: null,
    ...over,
  };
}

export function newBatch(id: string, over: Partial<NewBatch> = {}): NewBatch {
  return {
    id,
    name: 'reports',
    paths: ['/reports'],
    recipe: standardRecipe,
    source: 'reports|gpt-4o-mini',
    createdAt: 1_750_000_000_000,
    providerName: 'OpenAI',
    host: 'api.openai.com',
    model: 'gpt-4o-mini',
    llm: true,
    local: false,
    temperature: 0,
    ...over,
  };
}

export function message(id: string, over: Partial<Message> = {}): Message {
  const place = { id, conversationId: 'c1', parentId: null, createdAt: 1_750_000_000_000 };
  return { ...newQuestion(place, `Content of ${id}`), ...over };
}
