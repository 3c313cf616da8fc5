// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.dialog;

import org.jspecify.annotations.Nullable;

/**
 * The dialog whose place an INVITE takes (RFC 3891 §6.1), as whoever gets it knows it.
 *
 * @param earlyOnly whether it is meant only as long as nobody has answered
 */
public record Replaces(DialogId dialog, boolean earlyOnly) {
    /** Of a header's value; null if it is malformed. */
    public static @Nullable Replaces parse(String value) {
        DialogReference reference = DialogReference.parse(value, "to-tag", "from-tag");
        return reference == null
                ? null
                : new Replaces(reference.dialog(), reference.parameters().containsKey("early-only"));
    }

    /** What somebody else has to say to take our place in a dialog. */
    public static String of(DialogId ours) {
        return ours.callId() + ";to-tag=" + ours.remoteTag() + ";from-tag=" + ours.localTag();
    }
}
