/** Answers at every address of the test's network: a name server, and listeners that note who connected. */
import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { answerTo, nameIn } from './name-server.ts';

export interface Contact {
  readonly kind: 'look-up' | 'tcp' | 'udp';
  /** A name, or an address with its port. */
  readonly to: string;
}

export interface Listeners {
  readonly contacts: readonly Contact[];
  /** @returns what arrived at a port without a listener of this process or of the app, which must be nothing. */
  missed(): Readonly<Record<string, number>>;
  close(): void;
}

const DNS_PORT = 53;
const MULTICAST_DNS_PORT = 5353;
/**
 * Ports that Chromium and WebRTC are known to use: web, DNS over TLS, STUN and TURN, and where Docket looks for local
 * servers.
 */
const TCP_PORTS = [DNS_PORT, 80, 443, 853, 1234, 3478, 5349, 8080, 11434];
const UDP_PORTS = [DNS_PORT, 80, 443, 853, 1900, 3478, 5349, MULTICAST_DNS_PORT, 19302];

/** Listens at every address. @param addressOf resolves names. */
export async function startListeners(addressOf: (name: string) => string): Promise<Listeners> {
  const contacts: Contact[] = [];
  const note = (contact: Contact) => void contacts.push(contact);
  const servers = await Promise.all(TCP_PORTS.map((port) => listen(port, note)));
  const sockets = await Promise.all(UDP_PORTS.map((port) => receive(port, note, addressOf)));
  const before = counters();
  return {
    contacts,
    missed: () => missedSince(before),
    close: () => {
      for (const server of servers) server.close();
      for (const socket of sockets) socket.close();
    },
  };
}

async function listen(port: number, note: (contact: Contact) => void): Promise<Server> {
  const server = createServer((socket: Socket) => {
    note({ kind: 'tcp', to: place(socket.localAddress ?? '', port) });
    socket.on('error', () => {});
    socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '::', resolve);
  });
  return server;
}

async function receive(
  port: number,
  note: (contact: Contact) => void,
  addressOf: (name: string) => string,
): Promise<DatagramSocket> {
  const socket = createSocket({ type: 'udp6', reuseAddr: true });
  socket.on('message', (message, from) => {
    if (port !== DNS_PORT) return note({ kind: 'udp', to: `port ${port}` });
    const name = nameIn(message);
    note({ kind: 'look-up', to: name });
    socket.send(answerTo(message, addressOf(name)), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(port, '::', resolve));
  return socket;
}

function place(address: string, port: number): string {
  return `${address.replace(/^::ffff:/, '')}:${port}`;
}

/** The kernel's own counters of this network, which also see what goes to ports without a listener. */
function counters() {
  const tables = `${readFileSync('/proc/net/snmp', 'utf8')}${readFileSync('/proc/net/netstat', 'utf8')}`.split('\n');
  const count = (table: string, column: string) => {
    const [names = '', values = ''] = tables.filter((line) => line.startsWith(`${table}:`));
    return Number(values.split(' ')[names.split(' ').indexOf(column)] ?? 0);
  };
  const udp6 = /^Udp6NoPorts\s+(\d+)$/m.exec(readFileSync('/proc/net/snmp6', 'utf8'));
  return {
    'TCP connections that nobody took': count('Tcp', 'ActiveOpens') - count('Tcp', 'PassiveOpens'),
    'datagrams that nobody took': count('Udp', 'NoPorts') + Number(udp6?.[1] ?? 0),
    multicasts: count('IpExt', 'OutMcastPkts'),
  };
}

function missedSince(before: ReturnType<typeof counters>): Readonly<Record<string, number>> {
  const now = counters();
  return Object.fromEntries(
    Object.entries(now).map(([what, count]) => [what, count - (before[what as keyof typeof before] ?? 0)]),
  );
}
