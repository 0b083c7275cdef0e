/** A version of a package that was released. */
export interface Release {
  readonly version: string;
  /** `2026-11-27`. */
  readonly date: string;
  /** Version of the core package that a product's package was generated with; `""` for the core package itself. */
  readonly core: string;
  /** How it differs from the release before; empty for the first one. */
  readonly changes: readonly ReleasedChange[];
}

/** A change as it was released, see `Change` in `scripts/diff/`. */
export interface ReleasedChange {
  /** Name of the rule; one of an earlier version of actiongen may not exist any more. */
  readonly rule: string;
  /** `""` if the change is not that of one action. */
  readonly action: string;
  /** Parameter or response field, RetCode, or key of the configuration; `""` for the action itself. */
  readonly path: string;
  /** Value before, as printed; `""` if there was none. */
  readonly before: string;
  readonly after: string;
  readonly bump: "major" | "minor" | "patch";
  readonly review: boolean;
  /** What changed, as a sentence without a full stop. */
  readonly message: string;
}
