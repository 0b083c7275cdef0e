import { RetCodeError } from "@dezai/umem";
import { afterEach, describe, expect, test, vi } from "vitest";
import { failure, json } from "../support/failure.js";

describe("instanceof", () => {
  afterEach(() => {
    vi.resetModules();
  });

  test("holds across two copies of the package", async () => {
    const error = await failure(json({ RetCode: 299 }));
    vi.resetModules();
    const other = await import("@dezai/core");
    expect(other.RetCodeError).not.toBe(RetCodeError);
    expect(error).toBeInstanceOf(other.RetCodeError);
    expect(error).toBeInstanceOf(other.ActionError);
    expect(error).not.toBeInstanceOf(other.HttpError);
  });

  test("is not wider than a class that a program derives", async () => {
    class Mine extends RetCodeError {}
    const error = await failure(json({ RetCode: 299 }));
    expect(error).not.toBeInstanceOf(Mine);
    expect(new Mine(1, "", undefined, { action: "A" })).toBeInstanceOf(Mine);
    expect(new Mine(1, "", undefined, { action: "A" })).toBeInstanceOf(RetCodeError);
  });
});
