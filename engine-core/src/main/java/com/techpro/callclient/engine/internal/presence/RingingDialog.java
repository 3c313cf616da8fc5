// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.internal.presence.DialogInfo.WatchedDialog;
import com.techpro.callclient.engine.internal.sip.dialog.DialogId;
import com.techpro.callclient.engine.internal.sip.dialog.Replaces;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a document says of a dialog that rings, for whoever takes the call in the extension's place.
 *
 * @param extension the dialog as the extension knows it
 * @param caller where the caller is reached, or null
 */
public record RingingDialog(
        DialogId extension,
        @Nullable SipUri target,
        @Nullable SipUri caller) {
    /** Null if the document does not name the dialog whole, or in words that a header cannot hold. */
    static @Nullable RingingDialog of(WatchedDialog dialog) {
        String callId = dialog.callId();
        String localTag = dialog.localTag();
        String remoteTag = dialog.remoteTag();
        if (callId == null || localTag == null || remoteTag == null) {
            return null;
        }
        DialogId id = new DialogId(callId, localTag, remoteTag);
        Replaces named = Replaces.parse(Replaces.of(id));
        // What comes back out of the header is what went in: nothing of a stranger's document can add to it.
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
     * Whom to send the INVITE that takes the call (RFC 5359 §2.16, RFC 3891 §3): the caller's phone, or the phone system in its place.
     *
     * @param permitted whether an address is one of the account's own phone system (promise S5)
     * @param watched the extension, which a phone system that is in the middle of its calls is asked for
     * @return null if there is nobody within the phone system to send it to
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

    /** The caller's end of the dialog is the one that is named: its tag is the extension's remote one. */
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
