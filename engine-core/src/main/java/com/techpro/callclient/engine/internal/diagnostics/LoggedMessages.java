// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.MessageTap;
import java.nio.charset.StandardCharsets;

/**
 * Logs one line for each message at the finest level: its kind, size and flow. Only a
 * {@link SipTraceQueue} shows the content.
 */
final class LoggedMessages implements MessageTap {
    private static final int LONGEST_START = 16;

    private final MessageTap next;

    LoggedMessages(MessageTap next) {
        this.next = next;
    }

    @Override
    public void received(byte[] buffer, int offset, int length, Flow flow) {
        if (Loggers.TRANSPORT.isTraceEnabled()) {
            Loggers.TRANSPORT.trace("flow {} received {}, {} bytes", flow.id(), kind(buffer, offset, length), length);
        }
        next.received(buffer, offset, length, flow);
    }

    @Override
    public void sent(byte[] message, Flow flow) {
        if (Loggers.TRANSPORT.isTraceEnabled()) {
            Loggers.TRANSPORT.trace(
                    "flow {} sent {}, {} bytes", flow.id(), kind(message, 0, message.length), message.length);
        }
        next.sent(message, flow);
    }

    private static String kind(byte[] buffer, int offset, int length) {
        String start = new String(buffer, offset, Math.min(length, LONGEST_START), StandardCharsets.UTF_8);
        String[] words = start.split(" ", 3);
        if (words.length > 1 && words[0].equals("SIP/2.0") && words[1].matches("\\d{3}")) {
            return words[1];
        }
        return SipVocabulary.method(words[0]);
    }
}
