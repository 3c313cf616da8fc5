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
 * A contract kit: what a port promises, clause by clause. Whoever extends one inherits the JUnit tag {@value #TAG}, by which all kits of an adapter are found
 * and run at once ({@code mvn test -Dgroups=port-contract}), and the summary that each prints at its end.
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

    /** The JUnit configuration parameter that is {@code false} where a listener tells what became of the clauses, and the kits print nothing. */
    String PRINTS = "callclient.kit.prints";
}
