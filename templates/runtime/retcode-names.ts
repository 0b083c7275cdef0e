/**
 * Names of the RetCodes that the packages of a program list, as keys. Each package adds its own by declaration merging, so
 * that a comparison of `codeName` with a misspelt name does not compile.
 */
export interface RetCodeNames {}

/** Name of a listed RetCode; empty for any other RetCode. Any string in a program without a package that lists some. */
export type RetCodeName = keyof RetCodeNames extends never ? string : keyof RetCodeNames | "";
