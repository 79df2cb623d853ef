/** The floor: `node:http` by hand over a keep-alive agent, and as many loops as calls may be in flight. */
import { Agent, request } from 'node:http';
import { API_KEY, type OpenContender, replyText, requestBody } from '../contender.ts';
import type { Prompt } from '../prompts.ts';

export const open: OpenContender = async (baseUrl, concurrency) => {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const url = new URL(`${baseUrl}/chat/completions`);

  const ask = (prompt: Prompt) =>
    new Promise<string>((resolve, reject) => {
      const body = Buffer.from(requestBody(prompt));
      const headers = {
        'content-type': 'application/json',
        'content-length': body.length,
        authorization: `Bearer ${API_KEY}`,
      };
      const sent = request(url, { agent, method: 'POST', headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () => resolve(replyText(JSON.parse(Buffer.concat(pieces).toString('utf8')))));
      });
      sent.on('error', reject);
      sent.end(body);
    });

  return {
    run: async (prompts) => {
      const replies: string[] = [];
      const queue = prompts.entries();
      const loop = async () => {
        for (const [index, prompt] of queue) replies[index] = await ask(prompt);
      };
      await Promise.all(Array.from({ length: concurrency }, loop));
      return replies;
    },
    settle: async () => {},
    close: async () => agent.destroy(),
  };
};
