package io.headrace.type;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a record, an enum or a sealed type the name that its schema uses instead of the binary name
 * of the class, so that the class can be renamed or moved without losing state.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {
    /** Returns the name in the schema. */
    String value();
}
