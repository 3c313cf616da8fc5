// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A message as an account manager describes it. Its documentation and its program use different
 * names for size and place of the file.
 */
final class FlexisipMessage {
    private FlexisipMessage() {}

    /** Whether the file is complete. A message that is still being recorded has no upload time. */
    static boolean isComplete(UntrustedJson voicemail) {
        return voicemail.text("uploaded_at") != null;
    }

    static VoicemailMessage read(UntrustedJson voicemail) throws VoicemailException {
        String id = voicemail.text("id");
        String created = voicemail.text("created_at");
        if (id == null || !HttpsClient.isSegment(id) || created == null) {
            throw nonsense();
        }
        Long described = voicemail.number("file_size");
        Long size = described == null ? voicemail.number("size") : described;
        return new VoicemailMessage(
                id,
                caller(voicemail.text("sip_from")),
                null,
                received(created),
                null,
                false,
                false,
                size == null || size < 0 ? -1 : size,
                null);
    }

    /** Returns null if there is no file with an HTTPS address. */
    static AccountManager.@Nullable Address file(UntrustedJson voicemail) {
        String described = voicemail.text("file_url");
        String url = described == null ? voicemail.text("download_url") : described;
        return url == null ? null : AccountManager.Address.parse(url);
    }

    private static Instant received(String text) throws VoicemailException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw nonsense();
        }
    }

    /** Returns the user part of a SIP address, and other text unchanged. */
    private static @Nullable String caller(@Nullable String from) {
        if (from == null) {
            return null;
        }
        try {
            String user = NameAddr.parse(from).uri().user();
            return user == null ? from : user;
        } catch (SipParseException e) {
            return from;
        }
    }

    private static VoicemailException nonsense() {
        return new VoicemailException(Reason.PROTOCOL, "not what an account manager says");
    }
}
