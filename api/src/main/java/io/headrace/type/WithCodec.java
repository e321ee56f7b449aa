package io.headrace.type;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the codec of a class, or of one record component. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface WithCodec {
    /** Returns the codec: a named class with a public constructor without parameters. */
    Class<? extends Codec<?>> value();
}
