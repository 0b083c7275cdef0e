/**
 * What a change does to one of three parties: programs with the installed package (`wire`), programs that compile against
 * the new package (`types`), and programs that run with it (`runtime`).
 *
 * - `breaks`: it fails.
 * - `weakens`: only programs that write every value or member down fail: full fakes, `Record` types of an enumeration, functions
 *   that read parameters, as fakes do.
 * - `behaves`: it does something else, without an error.
 * - `none`: it notices nothing.
 */
export type Effect = "breaks" | "weakens" | "behaves" | "none";

/** The least part of a semantic version that a change increments. */
export type Bump = "major" | "minor" | "patch";

export interface Rule {
  readonly wire: Effect;
  readonly types: Effect;
  /** `behaves` makes a change one to review: no compiler reports it. */
  readonly runtime: Effect;
  readonly bump: Bump;
  /** The rule of the opposite change, or why there is none. */
  readonly mirror: string;
  /** Extension of OpenAPI whose values the rule compares; `""` if it compares none. */
  readonly extension: string;
}

/** `wire types runtime bump`, as in the table. */
type Effects = `${Effect} ${Effect} ${Effect} ${Bump}`;

function rule(effects: Effects, mirror: string, extension = ""): Rule {
  const [wire, types, runtime, bump] = effects.split(" ") as [Effect, Effect, Effect, Bump];
  return { wire, types, runtime, bump, mirror, extension };
}

const itself = "The opposite change is another one of the same kind.";

const ofConfiguration = {
  "base-url": rule("breaks none behaves major", itself),
  "request-id-header": rule("breaks none behaves major", itself),
  "environment-prefix": rule("none none behaves major", itself),
  "profile-file": rule("none none behaves major", itself),
  "package-scope": rule("none breaks none major", itself),
  "location-option-added": rule("none weakens none minor", "location-option-removed"),
  "location-option-removed": rule("none breaks none major", "location-option-added"),
  "location-option-parameter": rule("none breaks behaves major", itself),
  "package-metadata": rule("none none none patch", itself),
  "product-title": rule("none none none patch", itself),
};

const ofActions = {
  "action-added": rule("none weakens none minor", "action-removed"),
  "action-removed": rule("breaks breaks none major", "action-added"),
  "action-renamed": rule("breaks breaks none major", itself),
  "action-renamed-case": rule("breaks breaks none major", itself),
  "action-moved-product": rule("none breaks none major", itself),
  "action-moved-here": rule("none weakens none minor", "action-moved-product"),
  "action-deprecated": rule("none none none minor", "action-undeprecated"),
  "action-undeprecated": rule("none none none patch", "action-deprecated"),
  "action-export-renamed": rule("none breaks none major", itself),
  // Programs that name the type fail, as those do that write its values down.
  "action-known-values-renamed": rule("none weakens none major", itself),
  "action-docs": rule("none none none patch", itself),
  "action-sample": rule("none none none patch", itself, "x-actiongen-sample"),
  "page-moved": rule("none none none patch", itself),
  "retry-safe-on": rule("none none behaves minor", "retry-safe-off", "x-actiongen-retry-safe"),
  "retry-safe-off": rule("none none behaves minor", "retry-safe-on", "x-actiongen-retry-safe"),
  "paging-added": rule("none weakens none minor", "paging-removed", "x-actiongen-paging"),
  "paging-removed": rule("none breaks none major", "paging-added", "x-actiongen-paging"),
  "paging-field-changed": rule("none none behaves major", itself, "x-actiongen-paging"),
  "download-added": rule("none none none minor", "download-removed", "x-actiongen-download"),
  "download-removed": rule("none breaks none major", "download-added", "x-actiongen-download"),
  "download-renamed": rule("none breaks none major", itself, "x-actiongen-download"),
  "download-field-changed": rule("none none behaves major", itself, "x-actiongen-download"),
  "wait-added": rule("none weakens none minor", "wait-removed", "x-actiongen-wait"),
  "wait-removed": rule("none breaks none major", "wait-added", "x-actiongen-wait"),
  "wait-renamed": rule("none breaks none major", itself, "x-actiongen-wait"),
  "wait-changed": rule("none none behaves minor", itself, "x-actiongen-wait"),
};

const ofParameters = {
  "param-added-optional": rule("none none none minor", "param-removed"),
  "param-added-required": rule("breaks breaks breaks major", "param-removed"),
  "param-added-required-in-new-object": rule("none none none minor", "Goes with the object that has it."),
  "param-removed": rule("breaks breaks none major", "param-added-optional"),
  "param-renamed": rule("breaks breaks none major", itself),
  "param-moved": rule("breaks breaks none major", itself),
  "param-optional-to-required": rule("breaks breaks breaks major", "param-required-to-optional"),
  "param-required-to-optional": rule("none weakens none minor", "param-optional-to-required"),
  "param-type-changed": rule("none breaks breaks major", itself),
  "param-type-widened": rule("none weakens none minor", "param-type-narrowed"),
  "param-type-narrowed": rule("breaks breaks breaks major", "param-type-widened"),
  "param-integer-to-number": rule("none none none minor", "param-number-to-integer"),
  "param-number-to-integer": rule("breaks none breaks major", "param-integer-to-number"),
  "param-array-to-scalar": rule("breaks breaks breaks major", "param-scalar-to-array"),
  "param-scalar-to-array": rule("breaks breaks breaks major", "param-array-to-scalar"),
  "param-became-enum": rule("breaks none none minor", "param-enum-to-plain"),
  "param-enum-to-plain": rule("none weakens none minor", "param-became-enum"),
  "param-enum-value-added": rule("none weakens none minor", "param-enum-value-removed"),
  "param-enum-value-removed": rule("breaks weakens none major", "param-enum-value-added"),
  "param-nullable-on": rule("none weakens none minor", "param-nullable-off"),
  "param-nullable-off": rule("breaks breaks none major", "param-nullable-on"),
  "param-format": rule("none none none minor", itself),
  "param-limits-narrowed": rule("breaks none none minor", "param-limits-widened"),
  "param-limits-widened": rule("none none none minor", "param-limits-narrowed"),
  "param-default-added": rule("behaves none none minor", "param-default-removed"),
  "param-default-removed": rule("behaves none none minor", "param-default-added"),
  "param-default-changed": rule("behaves none none minor", itself),
  "param-base64-on": rule("none weakens behaves major", "param-base64-off"),
  "param-base64-off": rule("none breaks behaves major", "param-base64-on"),
  "param-sensitive-on": rule("none none behaves minor", "param-sensitive-off", "x-actiongen-sensitive"),
  "param-sensitive-off": rule("none none behaves minor", "param-sensitive-on", "x-actiongen-sensitive"),
  "param-deprecated": rule("none none none minor", "param-undeprecated"),
  "param-undeprecated": rule("none none none patch", "param-deprecated"),
  "param-docs": rule("none none none patch", itself),
  "param-order": rule("none none none patch", itself),
};

const ofResponses = {
  "resp-added-optional": rule("none none none minor", "resp-removed-optional"),
  "resp-added-required": rule("none weakens none minor", "resp-removed-required"),
  "resp-removed-optional": rule("none breaks none major", "resp-added-optional"),
  "resp-removed-required": rule("breaks breaks none major", "resp-added-required"),
  "resp-renamed": rule("breaks breaks none major", itself),
  "resp-moved": rule("breaks breaks none major", itself),
  "resp-required-to-optional": rule("breaks breaks none major", "resp-optional-to-required"),
  "resp-optional-to-required": rule("none weakens none minor", "resp-required-to-optional"),
  "resp-type-changed": rule("breaks breaks none major", itself),
  "resp-type-narrowed": rule("none weakens none minor", "resp-type-widened"),
  "resp-type-widened": rule("breaks breaks none major", "resp-type-narrowed"),
  "resp-integer-to-number": rule("none none none minor", "resp-number-to-integer"),
  "resp-number-to-integer": rule("none none none minor", "resp-integer-to-number"),
  "resp-open-on": rule("none none none minor", "resp-open-off"),
  "resp-open-off": rule("none breaks none major", "resp-open-on"),
  "resp-array-to-scalar": rule("breaks breaks none major", "resp-scalar-to-array"),
  "resp-scalar-to-array": rule("breaks breaks none major", "resp-array-to-scalar"),
  "resp-became-enum": rule("none none none minor", "resp-enum-to-plain"),
  "resp-enum-to-plain": rule("none weakens none minor", "resp-became-enum"),
  "resp-enum-value-added": rule("none weakens none minor", "resp-enum-value-removed"),
  "resp-enum-value-removed": rule("none weakens none minor", "resp-enum-value-added"),
  "resp-nullable-on": rule("breaks breaks none major", "resp-nullable-off"),
  "resp-nullable-off": rule("none weakens none minor", "resp-nullable-on"),
  "resp-format": rule("none none none minor", itself),
  "resp-limits": rule("none none none minor", itself),
  "resp-base64-on": rule("breaks none behaves major", "resp-base64-off"),
  "resp-base64-off": rule("breaks none behaves major", "resp-base64-on"),
  "resp-sensitive-on": rule("none none behaves minor", "resp-sensitive-off", "x-actiongen-sensitive"),
  "resp-sensitive-off": rule("none none behaves minor", "resp-sensitive-on", "x-actiongen-sensitive"),
  "resp-deprecated": rule("none none none minor", "resp-undeprecated"),
  "resp-undeprecated": rule("none none none patch", "resp-deprecated"),
  "resp-docs": rule("none none none patch", itself),
  "resp-order": rule("none none none patch", itself),
};

const ofRetCodes = {
  "retcode-added": rule("none weakens none minor", "retcode-removed", "x-actiongen-retcodes"),
  "retcode-removed": rule("none breaks none major", "retcode-added", "x-actiongen-retcodes"),
  "retcode-renamed": rule("none breaks behaves major", itself, "x-actiongen-retcodes"),
  "retcode-retry-widened": rule("none none behaves minor", "retcode-retry-narrowed", "x-actiongen-retcodes"),
  "retcode-retry-narrowed": rule("none none behaves minor", "retcode-retry-widened", "x-actiongen-retcodes"),
  "retcode-text": rule("none none none patch", itself, "x-actiongen-retcodes"),
};

/** Every kind of change, by name, with its effects. */
export const rules = {
  ...ofConfiguration,
  ...ofActions,
  ...ofParameters,
  ...ofResponses,
  ...ofRetCodes,
} satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;
