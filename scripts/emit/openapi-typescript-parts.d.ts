/** The parts of openapi-typescript that are loaded one by one have no declarations of their own. */
declare module "openapi-typescript/dist/lib/ts.mjs" {
  export { astToString, tsLiteral } from "openapi-typescript";
}
declare module "openapi-typescript/dist/lib/utils.mjs" {
  export { resolveRef, scanDiscriminators } from "openapi-typescript";
}
declare module "openapi-typescript/dist/transform/index.mjs" {
  export { transformSchema as default } from "openapi-typescript";
}
