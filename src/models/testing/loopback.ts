import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** Answers a request; `hit` counts the requests for the same path, from 1. */
export type Answer = (response: ServerResponse, hit: number, request: IncomingMessage) => void;

export interface Loopback {
  /** With a trailing slash. */
  readonly url: string;
  /** Every request so far. */
  readonly requests: readonly IncomingMessage[];
}

/** A server on this machine for the length of a test. A path without an answer gets 404. */
export async function loopback(answers: Readonly<Record<string, Answer>>): Promise<Loopback> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const hit = requests.filter(({ url }) => url === request.url).length;
    (answers[request.url ?? ''] ?? status(404))(response, hit, request);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { url: `http://127.0.0.1:${String(port)}/`, requests };
}

/** Answers with these bytes. */
export function bytes(body: Uint8Array | string): Answer {
  return (response) => response.end(body);
}

/** Answers with one body after the other; the last one stays. */
export function inTurn(...answers: readonly [Answer, ...Answer[]]): Answer {
  return (response, hit, request) => {
    (answers[hit - 1] ?? answers.at(-1) ?? answers[0])(response, hit, request);
  };
}

export function status(code: number): Answer {
  return (response) => {
    response.statusCode = code;
    response.end('<!doctype html><title>Sorry</title>');
  };
}

/** Sends zeros until the client hangs up, which it reports. */
export function endless(code: number, onHangUp: () => void): Answer {
  return (response) => {
    response.statusCode = code;
    response.on('close', onHangUp);
    const chunk = Buffer.alloc(16_384);
    const send = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', send);
    };
    send();
  };
}
