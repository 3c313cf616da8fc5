// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an adapter, or the machine that its contract test runs on, cannot do. Clauses of the kit that need it are skipped and printed; a clause
 * that cannot be tried fails unless this says so, and so does a declaration of something that is there. What
 * superclasses declare counts as well; of several reasons the nearest class's is told.
 *
 * <pre>
 *   &#64;Lacks(value = "loopback", because = "a file that is played is not the file that is recorded")
 *   class FileAudioTest extends AudioPortContract
 * </pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Lacks.Several.class)
public @interface Lacks {
    /** Capabilities, by the names that failures give, and the Javadoc of the kit's hooks in quotes. */
    String[] value();

    String because();

    /** More than one reason. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Several {
        Lacks[] value();
    }
}
