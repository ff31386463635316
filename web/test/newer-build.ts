import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A browser's way to the product on which a newer build can come out: its page says so in a `meta` named `build`, its service worker is of another version. */
export type Builds = {
  /** To hand to `visit` as `through`. */
  readonly proxy: string;
  readonly comeOut: () => void;
  readonly close: () => void;
};

/** Stands between a browser and the product at the product's own address, so that accounts, cookies and the device's disk are the same before and after. */
export async function buildsOf(): Promise<Builds> {
  let newer = false;
  const renew: Record<string, (text: string) => string> = {
    "/index.html": (page) => page.replace("</head>", '<meta name="build" content="newer" /></head>'),
    "/sw.js": (worker) => worker.replace('"version":"', '"version":"newer-'),
  };
  const server = createServer((asked, answer) => {
    const { hostname, port, pathname, search } = new URL(asked.url ?? "");
    const change = newer && renew[pathname];
    const { "accept-encoding": _packed, "if-none-match": _known, ...plain } = asked.headers;
    const headers = change ? plain : asked.headers;
    const onward = request({ hostname, port, path: `${pathname}${search}`, method: asked.method, headers }, (came) => {
      if (!change) {
        answer.writeHead(came.statusCode ?? 502, came.headers);
        came.pipe(answer);
        return;
      }
      const parts: Buffer[] = [];
      came.on("data", (part: Buffer) => void parts.push(part));
      came.on("end", () => {
        const { "content-length": _length, etag: _etag, ...same } = came.headers;
        answer.writeHead(came.statusCode ?? 502, same).end(change(Buffer.concat(parts).toString()));
      });
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comeOut: () => {
      newer = true;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
