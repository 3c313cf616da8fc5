// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.dialog;

import com.techpro.callclient.engine.internal.sip.message.ParameterizedToken;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A header that names a dialog: its Call-ID, and then the tags and more in parameters. */
public record DialogReference(DialogId dialog, Map<String, String> parameters) {
    /** The dialog that a Target-Dialog names (RFC 4538 §7), as whoever gets it knows it; null if the value is malformed. */
    public static @Nullable DialogId ofTargetDialog(String value) {
        DialogReference reference = parse(value, "local-tag", "remote-tag");
        return reference == null ? null : reference.dialog();
    }

    /** Null if it is malformed, or if a tag is missing. */
    static @Nullable DialogReference parse(String value, String localTag, String remoteTag) {
        int end = value.indexOf(';');
        String callId = end < 0 ? "" : value.substring(0, end).trim();
        // What stands before the parameters is a Call-ID, which is no token.
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
