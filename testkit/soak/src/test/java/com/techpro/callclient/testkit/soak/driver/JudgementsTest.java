// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When the speech of a call is judged. */
class JudgementsTest {
    private final List<Integer> passed = new ArrayList<>();
    private final Judgements judgements = new Judgements(Runnable::run);

    @Test
    void isAtOnceUnlessTheyAreHeld() {
        judge(0, 2);
        assertThat(passed).containsExactly(0, 1);
    }

    @Test
    void isOnReleaseAndInOrderOfWhatWasHeld() {
        judgements.hold();
        judge(0, 3);
        assertThat(passed).isEmpty();
        judgements.release();
        assertThat(passed).containsExactly(0, 1, 2);
        judge(3, 4);
        assertThat(passed).containsExactly(0, 1, 2, 3);
    }

    @Test
    void isNeverOfMoreThanCanBeKept() {
        judgements.hold();
        judge(0, Judgements.MOST_HELD);
        assertThat(passed).isEmpty();
        judge(Judgements.MOST_HELD, Judgements.MOST_HELD + 2);
        assertThat(passed).as("the oldest make room").containsExactly(0, 1);
    }

    private void judge(int from, int to) {
        IntStream.range(from, to).forEach(i -> judgements.execute(() -> passed.add(i)));
    }
}
