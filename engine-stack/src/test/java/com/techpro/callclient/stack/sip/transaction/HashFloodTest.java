// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.sip.dialog.DialogId;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever sends chooses Call-IDs and branches, so also such that all have one hash. A {@code HashMap} then finds its way by the keys' order; keys
 * without one would be looked at one after the other, at each look-up.
 */
class HashFloodTest {
    private static final int MANY = 1 << 12;

    static Stream<Function<String, ?>> keys() {
        return Stream.of(
                branch -> new ServerTransactions.Key(branch, "192.0.2.1", 5060, "INVITE"),
                callId -> new ServerTransactions.MergeKey(callId, null, 1, "INVITE", null),
                tag -> new ServerTransactions.MergeKey("call", tag, 1, "INVITE", null),
                callId -> new Retransmit2xx.Key(callId, 1, "tag"),
                callId -> new DialogId(callId, "local", "remote"),
                tag -> new DialogId("call", "local", tag));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keys_of_one_hash_have_an_order(Function<String, ?> key) {
        List<?> keys = IntStream.range(0, MANY)
                .mapToObj(HashFloodTest::ofOneHash)
                .map(key)
                .toList();

        assertThat(keys.stream().map(Object::hashCode).distinct()).hasSize(1);
        assertThat(new TreeSet<>(keys)).hasSize(MANY);
    }

    /** "Aa" and "BB" have the same hash. */
    private static String ofOneHash(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 1; bit < MANY; bit <<= 1) {
            text.append((number & bit) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }
}
