import { afterEach, describe, expect, it, vi } from "vitest";
import { readOptions } from "./options.ts";

describe("what npm start is told", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("is refused with what is wrong, and how it is said right, before anything starts", () => {
    expect(() => readOptions(["--port", "seventy"])).toThrow(/no port: seventy(.|\n)*npm start --/);
    expect(() => readOptions(["--prot", "1"])).toThrow(/prot(.|\n)*npm start --/);
    expect(() => readOptions(["--api-only"])).toThrow(/--dynamo and --key(.|\n)*npm start --/);
    for (const wrong of ["nonsense", "http://mail.example.com", "mail.example.com:465"]) {
      vi.stubEnv("YIHAO_SMTP", wrong);
      expect(() => readOptions([])).toThrow(
        /YIHAO_SMTP(.|\n)*smtps:\/\/user:word@mail.example.com:465(.|\n)*npm start --/,
      );
    }
    vi.stubEnv("YIHAO_SMTP", "smtps://user:word@mail.example.com:465");
    expect(readOptions(["--port", "0"])).toMatchObject({ port: 0, seed: true });
  });
});
