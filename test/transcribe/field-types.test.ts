import { expect, test } from "vitest";
import { formatType, modelFinder, readType } from "../../scripts/transcribe/field-types.js";

const models = ["DiskSet", "diskset", "Owner Info", "String_Map"];

test.each<[cell: string, expected: string]>([
  ["string", "string"],
  ["String", "string"],
  ["int", "integer"],
  ["uint64", "integer"],
  ["float", "number"],
  ["Double", "number"],
  ["bool", "boolean"],
  ["boolean", "boolean"],
  ["object", "any"],
  ["array", "array of any"],
  ["array[string]", "array of string"],
  ["array\\[string\\]", "array of string"],
  ["Array<int>", "array of integer"],
  ["list(bool)", "array of boolean"],
  ["int[]", "array of integer"],
  ["array[array[float]]", "array of array of number"],
  ["array[object]", "array of any"],
  ["[*DiskSet*](#DiskSet)", "DiskSet"],
  ["[*DiskSet*](#diskset)", "DiskSet"],
  ["[*diskset*](#DiskSet)", "diskset"],
  ["[*DISKSET*](#diskset)", "DiskSet"],
  ["[**DiskSet**](#x)", "DiskSet"],
  ["array[[*DiskSet*](#diskset)]", "array of DiskSet"],
  ["array[[*Owner Info*](#owner-info)]", "array of Owner Info"],
  ["[see below](#string_map)", "String_Map"],
  ["DiskSet", "DiskSet"],
  ["array[DiskSet]", "array of DiskSet"],
])("reads %s as %s", (cell, expected) => {
  const { type, unknown } = readType(cell, modelFinder(models));
  expect([formatType(type), unknown]).toEqual([expected, ""]);
});

test.each<[cell: string, expected: string, unknown: string]>([
  ["", "any", ""],
  ["tuple", "any", "tuple"],
  ["[*Ghost*](#ghost)", "any", "[*Ghost*](#ghost)"],
  ["array[[*Ghost*](#ghost)]", "array of any", "[*Ghost*](#ghost)"],
  ["array[tuple]", "array of any", "tuple"],
  ["array[]", "array of any", ""],
  ["string, or int", "any", "string, or int"],
])("reports what is unknown of %j", (cell, expected, unknown) => {
  const read = readType(cell, modelFinder(models));
  expect([formatType(read.type), read.unknown]).toEqual([expected, unknown]);
});
