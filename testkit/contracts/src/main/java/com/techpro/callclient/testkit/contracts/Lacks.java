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
 * Declares what an adapter, or the machine of its contract test, cannot do. Clauses that need it
 * are skipped and printed. A clause that cannot be tried fails without this declaration, and so
 * does a declaration of something that works. Superclasses' declarations count too; if there are
 * several reasons, the nearest class's is printed.
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
    /**
     * The missing capabilities, by the names in failures, which the kit's Javadoc has in quotes.
     */
    String[] value();

    String because();

    /** Holds several declarations. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Several {
        Lacks[] value();
    }
}
