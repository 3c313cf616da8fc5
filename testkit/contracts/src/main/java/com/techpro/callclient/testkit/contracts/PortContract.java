// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a contract kit, which tests a port's contract clause by clause. Subclasses inherit the
 * JUnit tag {@value #TAG}, which selects all kits of an adapter
 * ({@code mvn test -Dgroups=port-contract}). They also inherit the summary printed at the end.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag(PortContract.TAG)
@ExtendWith({ClauseSkips.class, ClauseSummary.class})
public @interface PortContract {
    /** The JUnit tag of every kit. */
    String TAG = "port-contract";

    /**
     * The JUnit configuration parameter; {@code false} if a listener reports the outcomes, so that
     * the kits print nothing.
     */
    String PRINTS = "callclient.kit.prints";
}
