import { oneLine } from "../../text.js";
import type { ChangeMarks } from "../change-marks.js";
import { releaseAnchor } from "./changelog-page.js";

/** A version that added or changed something, as a link to the changelog. */
export interface MarkView {
  readonly label: "since" | "changed in";
  readonly version: string;
  readonly anchor: string;
  /** What changed; `""` for an addition. */
  readonly title: string;
}

/** @param product name of the product whose releases the versions are. */
export function markViews({ since, changed }: ChangeMarks, product: string): MarkView[] {
  const view = (label: MarkView["label"], version: string, title: string) => {
    return { label, version, anchor: releaseAnchor(product, version), title };
  };
  return [
    ...(since === "" ? [] : [view("since", since, "")]),
    ...(changed === undefined
      ? []
      : [view("changed in", changed.version, oneLine(changed.messages.join("; ")))]),
  ];
}
