// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.dialog;

import org.jspecify.annotations.Nullable;

/**
 * The dialog that an INVITE replaces (RFC 3891 §6.1), from its receiver's view.
 *
 * @param earlyOnly whether it may only replace a dialog that nobody has answered
 */
public record Replaces(DialogId dialog, boolean earlyOnly) {
    /** Parses a header's value; null if it is malformed. */
    public static @Nullable Replaces parse(String value) {
        DialogReference reference = DialogReference.parse(value, "to-tag", "from-tag");
        return reference == null
                ? null
                : new Replaces(reference.dialog(), reference.parameters().containsKey("early-only"));
    }

    /** Returns the header value for another phone to replace us in this dialog. */
    public static String of(DialogId ours) {
        return ours.callId() + ";to-tag=" + ours.remoteTag() + ";from-tag=" + ours.localTag();
    }
}
