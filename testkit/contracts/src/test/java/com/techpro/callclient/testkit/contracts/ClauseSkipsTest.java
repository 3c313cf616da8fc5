// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

class ClauseSkipsTest {
    private final ClauseSkips skips = new ClauseSkips();

    @AfterEach
    void forget() {
        skips.afterEach(clauseOf(SaysNothing.class));
    }

    @Test
    void an_undeclared_lack_fails_and_explains_how_to_declare_it() {
        skips.beforeEach(clauseOf(SaysNothing.class));

        assertThatThrownBy(() -> ClauseSkips.require(false, "loopback"))
                .isInstanceOf(AssertionError.class)
                .isNotInstanceOf(TestAbortedException.class)
                .hasMessageContaining("@Lacks(value = \"loopback\"");
    }

    @Test
    void a_declared_lack_is_skipped() throws Throwable {
        skips.beforeEach(clauseOf(LacksTwo.class));

        assertThatThrownBy(() -> ClauseSkips.require(false, "loopback")).isInstanceOf(TestAbortedException.class);
        assertThat(ClauseSkips.canTry(false, "loss of the devices")).isFalse();
        assertThatThrownBy(() -> ClauseSkips.require(false, "something else")).isInstanceOf(AssertionError.class);
    }

    @Test
    void declarations_of_a_superclass_apply_besides_those_of_the_class() {
        skips.beforeEach(clauseOf(LacksAThird.class));

        assertThat(ClauseSkips.canTry(false, "something else")).isFalse();
        assertThat(ClauseSkips.canTry(false, "loss of the devices")).isFalse();
        assertThatThrownBy(() -> ClauseSkips.require(false, "loopback"))
                .as("the nearest class says why")
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("the cable is gone");
    }

    @Test
    void a_skip_declared_for_an_existing_capability_fails() {
        skips.beforeEach(clauseOf(LacksTwo.class));

        assertThatThrownBy(() -> ClauseSkips.require(true, "loopback")).isInstanceOf(AssertionError.class);
        ClauseSkips.require(true, "something else");
    }

    @Test
    void a_required_clause_is_never_skipped() {
        skips.beforeEach(clauseOf(LacksTwo.class));

        assertThatThrownBy(() -> ClauseSkips.require(false, "a capability that the clause does not name"))
                .isInstanceOf(AssertionError.class)
                .isNotInstanceOf(TestAbortedException.class)
                .hasMessageContaining("this clause is required");
    }

    @Test
    void any_other_assumption_that_does_not_hold_fails_the_clause() {
        ExtensionContext clause = clauseOf(LacksTwo.class);
        skips.beforeEach(clause);

        assertThatThrownBy(() -> skips.handleTestExecutionException(clause, new TestAbortedException("not today")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> {
                    try {
                        ClauseSkips.require(false, "loopback");
                    } catch (TestAbortedException declared) {
                        skips.handleTestExecutionException(clause, declared);
                    }
                })
                .isInstanceOf(TestAbortedException.class);
    }

    private static ExtensionContext clauseOf(Class<?> test) {
        return (ExtensionContext) Proxy.newProxyInstance(
                ClauseSkipsTest.class.getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRequiredTestClass" -> test;
                    case "getRequiredTestMethod" -> aMethod();
                    case "getConfigurationParameter" -> Optional.empty();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @OptionalClause({"loopback", "loss of the devices", "something else"})
    void optional() {}

    private static Method aMethod() throws NoSuchMethodException {
        return ClauseSkipsTest.class.getDeclaredMethod("optional");
    }

    private static final class SaysNothing {}

    @Lacks(value = "loopback", because = "there is no cable")
    @Lacks(value = "loss of the devices", because = "they are soldered")
    private static class LacksTwo {}

    @Lacks(
            value = {"something else", "loopback"},
            because = "the cable is gone")
    private static final class LacksAThird extends LacksTwo {}
}
