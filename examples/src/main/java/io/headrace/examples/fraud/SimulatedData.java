package io.headrace.examples.fraud;

import java.nio.file.Path;

/**
 * A complete simulated data set on disk.
 *
 * @param transactions the CSV file {@code id,time,customer,terminal,amount}
 * @param labels the CSV file {@code id,time,fraud,scenario}, each row seven days later
 * @param rows how many rows each file has, without the header
 * @param frauds how many of them are frauds
 * @param directorySynced whether the directory was forced to disk too; false where the file system
 *     cannot do that, and a power cut may then undo the renames
 */
public record SimulatedData(
        Path transactions, Path labels, long rows, long frauds, boolean directorySynced) {}
