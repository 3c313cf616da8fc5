// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

import org.jspecify.annotations.Nullable;

/**
 * The data of a call that a call screen shows, and nothing else (promise T1). Prints without
 * personal data.
 *
 * @param id identifies the call within its client
 * @param name or null if none is known
 * @param number empty if the other side withholds it
 */
public record UiCall(String id, @Nullable String name, String number) {
    @Override
    public String toString() {
        return "UiCall[redacted]";
    }
}
