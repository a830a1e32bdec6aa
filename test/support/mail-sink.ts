import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

/**
 * The mail server of the tests: takes what comes and keeps each mail as `<number> <recipient>.eml` in `folder`. How it
 * treats a mail is said by the recipient's name, up to its first dash: `refused-…` is refused for good, `busy-…` once for
 * now, `lost-…` is taken without ever an answer.
 */
export async function startMailSink(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  mkdirSync(folder, { recursive: true });
  const sockets = new Map<number, Socket>();
  const tries = new Map<string, number>();
  let count = 0;

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: ({ address }, _session, answer) => {
      const tried = (tries.get(address) ?? 0) + 1;
      tries.set(address, tried);
      if (address.startsWith('refused-')) answer(toRefusal(550, `no mailbox ${address} here`));
      else if (address.startsWith('busy-') && tried === 1) answer(toRefusal(451, 'try again later'));
      else answer();
    },
    onData: (stream, session, answer) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const recipient = session.envelope.rcptTo[0]?.address ?? 'nobody';
        const name = `${String((count += 1)).padStart(6, '0')} ${recipient}`;
        writeFileSync(join(folder, `${name}.part`), Buffer.concat(chunks));
        renameSync(join(folder, `${name}.part`), join(folder, `${name}.eml`));
        if (recipient.startsWith('lost-')) sockets.get(session.remotePort)?.destroy();
        else answer();
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    if (socket.remotePort !== undefined) sockets.set(socket.remotePort, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const toRefusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });
