// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A clause of a contract kit that may be skipped where an adapter, or its machine, lacks one of these. Every other clause is required: it cannot be
 * skipped, whatever is declared with {@link Lacks}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OptionalClause {
    /** Capabilities, by the names that {@link Lacks} uses. */
    String[] value();
}
