/** Name of the configuration inside the specification folder. */
export const configName = "actiongen.yaml";
