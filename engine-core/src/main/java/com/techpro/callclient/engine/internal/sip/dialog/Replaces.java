// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.dialog;

import com.techpro.callclient.engine.internal.sip.message.ParameterizedToken;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dialog whose place an INVITE takes (RFC 3891 §6.1), as whoever gets it knows it.
 *
 * @param earlyOnly whether it is meant only as long as nobody has answered
 */
public record Replaces(DialogId dialog, boolean earlyOnly) {
    /** Of a header's value; null if it is malformed. */
    public static @Nullable Replaces parse(String value) {
        int end = value.indexOf(';');
        String callId = end < 0 ? "" : value.substring(0, end).trim();
        // What stands before the parameters is a Call-ID, which is no token.
        ParameterizedToken rest = end < 0 ? null : ParameterizedToken.parse("dialog" + value.substring(end));
        Map<String, String> parameters = rest == null ? Map.of() : rest.parameters();
        String toTag = parameters.get("to-tag");
        String fromTag = parameters.get("from-tag");
        if (callId.isEmpty() || toTag == null || toTag.isEmpty() || fromTag == null || fromTag.isEmpty()) {
            return null;
        }
        return new Replaces(new DialogId(callId, toTag, fromTag), parameters.containsKey("early-only"));
    }

    /** What somebody else has to say to take our place in a dialog. */
    public static String of(DialogId ours) {
        return ours.callId() + ";to-tag=" + ours.remoteTag() + ";from-tag=" + ours.localTag();
    }
}
