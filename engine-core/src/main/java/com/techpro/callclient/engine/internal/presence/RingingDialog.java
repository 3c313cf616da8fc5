// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.internal.presence.DialogInfo.WatchedDialog;
import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.dialog.Replaces;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A ringing dialog from a document, with what is needed to pick up its call.
 *
 * @param extension the dialog as the extension knows it
 * @param caller where the caller is reached, or null
 */
public record RingingDialog(
        DialogId extension,
        @Nullable SipUri target,
        @Nullable SipUri caller) {
    /**
     * Returns null if the document does not identify the dialog completely, or in characters that a
     * header cannot hold.
     */
    static @Nullable RingingDialog of(WatchedDialog dialog) {
        String callId = dialog.callId();
        String localTag = dialog.localTag();
        String remoteTag = dialog.remoteTag();
        if (callId == null || localTag == null || remoteTag == null) {
            return null;
        }
        DialogId id = new DialogId(callId, localTag, remoteTag);
        Replaces named = Replaces.parse(Replaces.of(id));
        // The header must parse back to what was written, so that an untrusted document cannot add
        // to it.
        boolean whole = named != null
                && named.dialog().equals(new DialogId(callId, remoteTag, localTag))
                && callId.matches("[\\x21-\\x7E&&[^;,]]{1,200}")
                && (localTag + remoteTag).matches("[A-Za-z0-9.!%*_+`'~-]{1,200}");
        return whole ? new RingingDialog(id, uri(dialog.remoteTarget()), uri(dialog.remote())) : null;
    }

    private static @Nullable SipUri uri(@Nullable String text) {
        try {
            SipUri uri = text == null ? null : SipUri.parse(text);
            return uri == null || !uri.isSip() ? null : uri.withoutHeaders();
        } catch (SipParseException e) {
            return null;
        }
    }

    /**
     * Returns where to send the INVITE that picks up the call (RFC 5359 §2.16, RFC 3891 §3): to the
     * caller's phone, or to the phone system.
     *
     * @param permitted whether an address belongs to the account's own phone system (promise S5)
     * @param watched the extension, used if the phone system is a B2BUA
     * @return null if no address is within the phone system
     */
    public @Nullable SipUri destination(Predicate<SipUri> permitted, SipUri watched) {
        if (target != null && permitted.test(target)) {
            return target;
        }
        if (caller != null && permitted.test(caller)) {
            return caller;
        }
        return permitted.test(watched) ? watched : null;
    }

    /**
     * Returns the headers. Replaces names the caller's end of the dialog, whose tag is the
     * extension's remote tag.
     */
    public List<CallHeader> headers() {
        return List.of(
                new CallHeader("Replaces", Replaces.of(extension) + ";early-only"),
                new CallHeader("Require", "replaces"));
    }

    @Override
    public String toString() {
        return "RingingDialog[redacted]";
    }
}
