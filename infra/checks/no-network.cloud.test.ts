import { createServer, connect as dial } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, it } from "vitest";

/** How a connection ended: `connected`, or the code of its error. */
const connected = (host: string, port: number) =>
  new Promise<string>((done) => {
    const socket = dial({ host, port, timeout: 5_000 });
    const end = (word: string) => {
      socket.destroy();
      done(word);
    };
    socket.once("connect", () => end("connected"));
    socket.once("timeout", () => end("timeout"));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });

// `npm run test:cloud` sets it where the system gives a network namespace, and says so where it does not.
it.runIf(process.env.YIHAO_TEST_OFFLINE === "1")(
  "these tests reach this machine itself and nothing else: what they evaluate asked neither AWS nor anybody",
  async () => {
    expect(Object.keys(networkInterfaces())).toEqual(["lo"]);
    // An address of documentation, and the one at which AWS tells a machine who it is.
    for (const outside of ["192.0.2.1", "169.254.169.254"]) expect(await connected(outside, 80)).toBe("ENETUNREACH");
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    expect(await connected("127.0.0.1", typeof address === "object" && address ? address.port : 0)).toBe("connected");
    await new Promise((done) => server.close(done));
  },
);
