// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoublingTest {
    @Test
    void is_nothing_for_nothing() {
        assertEquals(0, Doubling.of(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void is_a_sum(int number) {
        assertEquals(number + number, Doubling.of(number));
    }

    @TestFactory
    Stream<DynamicTest> is_a_sum_of_any() {
        return Stream.of(0, 3).map(number -> dynamicTest("" + number, () -> is_a_sum(number)));
    }

    @Test
    void is_wrong_here() {
        assertEquals(5, Doubling.of(2));
    }

    @Test
    @Disabled("so that there is one")
    void is_not_looked_at() {}

    @Nested
    class OfNegatives {
        @Test
        void is_a_sum_as_well() {
            is_a_sum(-1);
        }
    }
}
