/**
 * How source files read: sizes, names, documents, and that the programs in documents are the ones
 * that are compiled.
 *
 * <p>Start at {@link io.headrace.architecture.tidy.TidyTest}. A rule is a function from a file to
 * findings; {@link io.headrace.architecture.tidy.TidyRulesCanFailTest} shows each a file that
 * breaks it.
 */
package io.headrace.architecture.tidy;
