// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import java.util.List;
import java.util.function.Consumer;

/** How a station takes what the one before it made. */
final class InOrder {
    private InOrder() {}

    /** Takes all of them. What a layer above throws is thrown at the end. */
    static <T> void take(List<T> made, Consumer<T> step) {
        RuntimeException thrown = null;
        for (T one : made) {
            try {
                step.accept(one);
            } catch (RuntimeException e) {
                if (thrown == null) {
                    thrown = e;
                } else if (thrown != e) {
                    thrown.addSuppressed(e);
                }
            }
        }
        if (thrown != null) {
            throw thrown;
        }
    }
}
