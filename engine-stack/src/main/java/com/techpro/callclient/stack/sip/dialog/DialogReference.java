// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.dialog;

import com.techpro.callclient.stack.sip.message.ParameterizedToken;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of a header that names a dialog: its Call-ID, with tags and more as parameters. */
public record DialogReference(DialogId dialog, Map<String, String> parameters) {
    /**
     * Returns the dialog that a Target-Dialog names (RFC 4538 §7), from its receiver's view; null
     * if the value is malformed.
     */
    public static @Nullable DialogId ofTargetDialog(String value) {
        DialogReference reference = parse(value, "local-tag", "remote-tag");
        return reference == null ? null : reference.dialog();
    }

    /** Returns null if the value is malformed or a tag is missing. */
    static @Nullable DialogReference parse(String value, String localTag, String remoteTag) {
        int end = value.indexOf(';');
        String callId = end < 0 ? "" : value.substring(0, end).trim();
        // A Call-ID precedes the parameters; it need not be a token.
        ParameterizedToken rest = end < 0 ? null : ParameterizedToken.parse("dialog" + value.substring(end));
        Map<String, String> parameters = rest == null ? Map.of() : rest.parameters();
        String local = parameters.get(localTag);
        String remote = parameters.get(remoteTag);
        if (callId.isEmpty() || local == null || local.isEmpty() || remote == null || remote.isEmpty()) {
            return null;
        }
        return new DialogReference(new DialogId(callId, local, remote), parameters);
    }
}
