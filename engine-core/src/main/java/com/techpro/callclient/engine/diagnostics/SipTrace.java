// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

/**
 * Hears each SIP message that comes in or goes out, repetitions and malformed ones included; keep-alives are not messages. Set by {@link
 * com.techpro.callclient.engine.CallClientConfig.Builder#sipTrace}.
 *
 * <p>Called one message at a time, in order, on the executor of {@link com.techpro.callclient.engine.CallClientConfig.Builder#callbacks},
 * and never waited for: 1,000 messages or four MiB may wait, those after them are dropped and counted as {@code trace-overflow} in {@link
 * com.techpro.callclient.engine.ClientCounters#drops}. What it throws goes to {@link
 * com.techpro.callclient.engine.CallClientConfig.Builder#failures}, and the next message is told all the same.
 */
@FunctionalInterface
public interface SipTrace {
    void message(SipTraceMessage message);
}
