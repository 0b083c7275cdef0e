import type { GetOperation } from "../openapi/openapi.js";
import type { Field } from "./api-model.js";

/** Says that a key of an operation names what is not there. */
type AddDiagnostic = (key: string, message: string, help: string) => void;

/** Holds the names of paging and of links against the parameters and the answer. */
export function checkLists(
  operation: GetOperation,
  parameters: readonly Field[],
  response: readonly Field[],
  addDiagnostic: AddDiagnostic,
): void {
  const { "x-actiongen-paging": paging, "x-actiongen-download": download } = operation;
  const check = (
    key: string,
    part: string,
    fields: readonly Field[],
    name: string,
    fits: (field: Field) => boolean,
  ) => {
    const field = fields.find((one) => one.name === name);
    if (field !== undefined && fits(field)) return;
    const fault = field === undefined ? "which is not there" : `which is of type ${field.type.kind}`;
    addDiagnostic(
      key,
      `${part} is ${JSON.stringify(name)}, ${fault}`,
      "Correct the name, or the overlay that it comes from.",
    );
  };
  const isNumber = ({ type }: Field) => type.kind === "integer" || type.kind === "number";
  const isText = ({ type }: Field) => type.kind === "string";
  if (paging !== undefined) {
    check("x-actiongen-paging", "offset", parameters, paging.offset, isNumber);
    check("x-actiongen-paging", "limit", parameters, paging.limit, isNumber);
    check("x-actiongen-paging", "total", response, paging.total, isNumber);
    check("x-actiongen-paging", "items", response, paging.items, ({ type }) => type.kind === "array");
  }
  if (download !== undefined) {
    const isLinks = (field: Field) =>
      isText(field) || (field.type.kind === "array" && field.type.items.kind === "string");
    check("x-actiongen-download", "links", response, download.links, isLinks);
  }
}
