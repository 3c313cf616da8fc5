// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a clause that may be skipped if an adapter, or its machine, lacks one of these
 * capabilities. All other clauses are required: {@link Lacks} cannot skip them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OptionalClause {
    /** The capabilities, by the names of {@link Lacks}. */
    String[] value();
}
