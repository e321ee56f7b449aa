package io.headrace.type;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the value that an added record component has in state written before it existed. A
 * primitive component without a default is refused rather than read as zero.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** Returns the value as text, in the form that its type's {@code toString} prints. */
    String value();
}
