/** `signatureSubscribe` over WebSocket, which a web3.js Connection waits on to confirm. */
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { writeJson } from '../json';
import { answer, type RpcMethods } from '../rpc-server';
import type { Bank, Landed } from './bank';
import { VERSION } from './methods/chain';
import { signature } from './params';

const MAX_MESSAGE_BYTES = 10_000;
const MAX_SUBSCRIPTIONS = 100;

/** A server on a port of its own: clients take the one after the HTTP server's. */
export function subscriptionServer(bank: Bank, host: string, port: number): WebSocketServer {
  const server = new WebSocketServer({ host, port, maxPayload: MAX_MESSAGE_BYTES });
  server.on('connection', (socket) => serve(bank, socket));
  return server;
}

function serve(bank: Bank, socket: WebSocket): void {
  const wanted = new Map<number, string>();
  let last = 0;
  const notify = (subscription: number, { slot, error }: Landed): void => {
    wanted.delete(subscription);
    const result = { context: { apiVersion: VERSION, slot }, value: { err: error ?? null } };
    const params = { result, subscription };
    socket.send(writeJson({ jsonrpc: '2.0', method: 'signatureNotification', params }));
  };
  const methods: RpcMethods = {
    signatureSubscribe(params) {
      if (wanted.size >= MAX_SUBSCRIPTIONS) throw new Error('too many subscriptions');
      const one = signature(params[0]);
      last += 1;
      const subscription = last;
      wanted.set(subscription, one);
      const landed = bank.landed(one);
      // After the answer that names the subscription.
      if (landed !== undefined) setImmediate(() => notify(subscription, landed));
      return subscription;
    },
    signatureUnsubscribe: (params) => wanted.delete(Number(params[0])),
  };
  const stop = bank.onLanded((landed) => {
    for (const [subscription, one] of wanted) {
      if (one === landed.signature) notify(subscription, landed);
    }
  });
  socket.on('message', (data) => socket.send(answer(methods, text(data))));
  socket.on('close', stop);
  // A broken connection closes; there is nobody left to tell.
  socket.on('error', () => socket.terminate());
}

function text(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.from(new Uint8Array(data)).toString('utf8');
}
