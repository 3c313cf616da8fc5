// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import java.util.List;

/**
 * The inputs of one call from its beginning: the user's commands, SIP messages and timers, each with
 * the phase and the effects that it led to. A developer of the engine can replay them. Numbers,
 * names, addresses, tags and keys are replaced by placeholders; see {@link
 * com.techpro.callclient.engine.Lab#traceCalls}.
 *
 * @param call the id of the call within the client
 * @param lines at most 500, the oldest first
 */
public record CallInputs(String call, List<String> lines) {
    public CallInputs {
        lines = List.copyOf(lines);
    }

    @Override
    public String toString() {
        return "CallInputs[" + call + ", " + lines.size() + " lines]";
    }
}
