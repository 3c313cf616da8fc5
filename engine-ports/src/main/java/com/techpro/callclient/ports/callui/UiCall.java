// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

import org.jspecify.annotations.Nullable;

/**
 * What a call screen needs to know of a call, and nothing else (promise T1). Prints without personal data.
 *
 * @param id names the call within its client
 * @param name or null if none is known
 * @param number empty if the other side withholds it
 */
public record UiCall(String id, @Nullable String name, String number) {
    @Override
    public String toString() {
        return "UiCall[redacted]";
    }
}
