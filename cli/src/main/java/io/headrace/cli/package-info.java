/**
 * The {@code headrace} command: finds what was asked for, runs it, and turns what went wrong into
 * one message and an exit code.
 *
 * <p>Knows the engine; does not know the commands of other modules, which it finds by {@link
 * java.util.ServiceLoader} as {@link io.headrace.cli.Subcommand}. Start at {@link
 * io.headrace.cli.Headrace}. The only module that may print and that owns the process.
 */
package io.headrace.cli;
