// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

/**
 * Observes incoming and outgoing messages. Called on the loop: it copies what it wants to keep, and
 * returns at once.
 */
public interface MessageTap {
    /** Ignores everything. */
    MessageTap NONE = new MessageTap() {
        @Override
        public void received(byte[] buffer, int offset, int length, Flow flow) {}

        @Override
        public void sent(byte[] message, Flow flow) {}
    };

    /** A message as extracted from its stream or datagram, before it is parsed. */
    void received(byte[] buffer, int offset, int length, Flow flow);

    /** A message, or its retransmission. */
    void sent(byte[] message, Flow flow);
}
