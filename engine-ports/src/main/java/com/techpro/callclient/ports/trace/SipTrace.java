// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.trace;

/**
 * Receives each SIP message received or sent, including retransmissions and malformed ones, but not
 * keep-alives. Set it by {@link com.techpro.callclient.engine.CallClientConfig.Builder#sipTrace}.
 *
 * <p>The engine calls it with one message at a time, in order, on the executor of
 * {@link com.techpro.callclient.engine.CallClientConfig.Builder#callbacks}, and never waits for it.
 * At most 1,000 messages or four MiB are queued. Further ones are dropped and counted as
 * {@code trace-overflow} in {@link com.techpro.callclient.engine.ClientCounters#drops}. Exceptions
 * it throws go to {@link com.techpro.callclient.engine.CallClientConfig.Builder#failures}; the next
 * message is delivered all the same.
 */
@FunctionalInterface
public interface SipTrace {
    void message(SipTraceMessage message);
}
