import { describe, expect, test } from "vitest";
import { isPublic } from "./address.ts";
import { post } from "./send.ts";
import { readTarget } from "./target.ts";

describe("addresses", () => {
  test.each([
    ["0.0.0.0", "this network"],
    ["10.1.2.3", "private"],
    ["100.64.0.1", "carrier's NAT"],
    ["100.127.255.255", "carrier's NAT, its last"],
    ["127.0.0.1", "loopback"],
    ["127.255.255.254", "loopback, its last"],
    ["169.254.169.254", "metadata of the clouds"],
    ["169.254.170.2", "metadata of containers"],
    ["172.16.0.1", "private"],
    ["172.31.255.255", "private, its last"],
    ["192.0.0.8", "protocols"],
    ["192.0.2.1", "example"],
    ["192.88.99.1", "relay of 6to4"],
    ["192.168.1.1", "private"],
    ["198.18.0.1", "benchmarks"],
    ["198.51.100.7", "example"],
    ["203.0.113.7", "example"],
    ["224.0.0.1", "multicast"],
    ["239.255.255.250", "multicast"],
    ["240.0.0.1", "reserved"],
    ["255.255.255.255", "broadcast"],
    ["::", "none"],
    ["::1", "loopback"],
    ["::ffff:127.0.0.1", "mapped loopback"],
    ["::ffff:7f00:1", "mapped loopback in hexadecimal"],
    ["::ffff:8.8.8.8", "mapped, even of a public one"],
    ["::127.0.0.1", "compatible"],
    ["64:ff9b::a00:1", "NAT64 of a private one"],
    ["64:ff9b::808:808", "NAT64"],
    ["64:ff9b:1::1", "local NAT64"],
    ["100::1", "discard"],
    ["2001::1", "Teredo"],
    ["2001:db8::1", "example"],
    ["2002:7f00:1::", "6to4 of loopback"],
    ["3fff::1", "example"],
    ["fc00::1", "unique local"],
    ["fd00:ec2::254", "metadata of AWS over IPv6"],
    ["fe80::1", "link-local"],
    ["fe80::1%eth0", "link-local with its zone"],
    ["fec0::1", "site-local"],
    ["ff02::1", "multicast"],
    ["0177.0.0.1", "octal, which no resolver gives"],
    ["2130706433", "decimal"],
    ["1.2.3", "short"],
    ["", "nothing"],
    ["localhost", "a name"],
    ["1::2::3", "no address"],
    ["12345::", "no address"],
  ])("%s is no place on the internet (%s)", (address) => expect(isPublic(address)).toBe(false));

  test.each([
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.0.1",
    "172.32.0.1",
    "223.5.5.5",
    "2606:4700:4700::1111",
    "2400:3200::1",
    "2a00:1450:4001:81b::200e",
  ])("%s is one", (address) => expect(isPublic(address)).toBe(true));
});

describe("the URL of an endpoint", () => {
  const why = (url: string, local = false) => {
    const read = readTarget(url, local);
    return read.ok ? "fine" : read.refusal.params.why;
  };
  test.each([
    ["not a url", "form"],
    ["/hook", "form"],
    ["http://hooks.example.com/in", "https"],
    ["ftp://hooks.example.com/in", "https"],
    ["https://user:pass@hooks.example.com/in", "credentials"],
    ["https://hooks.example.com:22/in", "port"],
    ["https://hooks.example.com:80/in", "port"],
    ["https://hooks.example.com:6379/", "port"],
    ["https://intranet/in", "name"],
    ["https://localhost/in", "name"],
    ["https://LOCALHOST./in", "name"],
    ["https://printer.local/in", "name"],
    ["https://metadata.google.internal/", "name"],
    ["https://127.0.0.1/in", "private"],
    ["https://2130706433/in", "private"],
    ["https://0x7f.1/in", "private"],
    ["https://0177.0.0.1/in", "private"],
    ["https://127.1/in", "private"],
    ["https://１２７.0.0.1/in", "private"],
    ["https://169.254.169.254/latest/meta-data/", "private"],
    ["https://10.0.0.8:8443/in", "private"],
    ["https://[::1]/in", "private"],
    ["https://[::ffff:127.0.0.1]/in", "private"],
    ["https://[::ffff:7f00:1]/in", "private"],
    ["https://[64:ff9b::7f00:1]/in", "private"],
    ["https://[fd00:ec2::254]/in", "private"],
  ])("%s is refused: %s", (url, expected) => expect(why(url)).toBe(expected));

  test("is taken over https under a public name or address, on the ports of https", () => {
    for (const url of [
      "https://hooks.example.com/in?a=1",
      "https://hooks.example.com:8443/",
      "https://1.1.1.1/",
      "https://[2606:4700::1111]/",
      "https://青禾.中国/in",
    ])
      expect([url, why(url)]).toEqual([url, "fine"]);
  });

  test("may be this machine's own, and only that, where the setting says so", () => {
    expect([why("http://127.0.0.1:4000/in", true), why("http://[::1]:4000/", true)]).toEqual(["fine", "fine"]);
    for (const url of [
      "http://10.0.0.1/",
      "http://169.254.169.254/",
      "https://192.168.0.1/",
      "http://hooks.example.com/",
    ])
      expect([url, why(url, true)]).not.toEqual([url, "fine"]);
  });
});

describe("a name", () => {
  const to = (addresses: readonly string[] | Error, local = false) =>
    post("https://hooks.example.com/in", {}, "{}", {
      local,
      ms: 2_000,
      resolve: async () => {
        if (addresses instanceof Error) throw addresses;
        return addresses;
      },
    });
  test.each([
    [["127.0.0.1"]],
    [["169.254.169.254"]],
    [["10.0.0.1"]],
    [["::1"]],
    [["::ffff:10.0.0.1"]],
    [["64:ff9b::a00:1"]],
    [["8.8.8.8", "192.168.0.1"]],
  ])("that leads to %j is not connected to", async (addresses) =>
    expect(await to(addresses)).toMatchObject({ fault: "blocked", status: null, answer: null }),
  );
  test("that nobody knows is told apart", async () => {
    expect((await to(new Error("ENOTFOUND"))).fault).toBe("dns");
    expect((await to([])).fault).toBe("dns");
  });
});
