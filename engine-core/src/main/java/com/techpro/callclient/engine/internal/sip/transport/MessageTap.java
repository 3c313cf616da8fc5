// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

/** Looks at messages on their way in and out. On the loop: it copies what it wants to keep, and returns at once. */
public interface MessageTap {
    /** Looks at nothing. */
    MessageTap NONE = new MessageTap() {
        @Override
        public void received(byte[] buffer, int offset, int length, Flow flow) {}

        @Override
        public void sent(byte[] message, Flow flow) {}
    };

    /** A message as it was cut out of its stream or datagram, before anybody has looked at it. */
    void received(byte[] buffer, int offset, int length, Flow flow);

    /** A message, or its repetition. */
    void sent(byte[] message, Flow flow);
}
