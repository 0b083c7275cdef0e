import fc from "fast-check";

// Each mutant runs the properties again: a counterexample need not be the simplest one.
fc.configureGlobal({ interruptAfterTimeLimit: 300, endOnFailure: true });
