/** Uses each of the ways out that the monitor must see, and reports what it saw. */
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startListeners } from './listeners.ts';

/** Where nothing in the test listens. */
const ODD_PORT = 4_711;

const listeners = await startListeners(() => '203.0.113.5');
const { address } = await lookup('somebody.example', { family: 4 });
await once(connect(443, address), 'connect');
await new Promise((resolve) => connect(ODD_PORT, '198.51.100.9').on('error', resolve));
const socket = createSocket('udp4');
const send = (port: number, to: string) => new Promise((resolve) => socket.send('x', port, to, resolve));
await send(3478, '198.51.100.9');
await send(ODD_PORT, '198.51.100.9');
await send(5353, '224.0.0.251');
while (!listeners.contacts.some(({ kind }) => kind === 'udp')) await new Promise(setImmediate);
process.stdout.write(JSON.stringify({ contacts: listeners.contacts, missed: listeners.missed() }));
process.exit();
