// SPDX-License-Identifier: Apache-2.0
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TreblingTest {
    @Test
    void is_a_sum_of_three() {
        assertEquals(2 + 2 + 2, Trebling.of(2));
    }
}
