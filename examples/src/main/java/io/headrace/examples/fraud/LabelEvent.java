package io.headrace.examples.fraud;

/** The two that have to find each other: a transaction and, later, its label. */
sealed interface LabelEvent permits Sale, Label {
    /** Returns the id of the transaction. */
    long id();
}
