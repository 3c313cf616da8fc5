// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.UntrustedJson;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mailbox and its folders, from wazo-calld. New and urgent messages are unheard. */
final class WazoMailbox {
    /** The year 5138. Later values are invalid. */
    private static final long LAST_SECOND = 100_000_000_000L;

    private static final long LONGEST_MESSAGE = Duration.ofDays(1).getSeconds();

    private final UntrustedJson mailbox;

    WazoMailbox(UntrustedJson mailbox) {
        this.mailbox = mailbox;
    }

    static boolean isHeard(@Nullable String folderType) {
        return !"new".equals(folderType) && !"urgent".equals(folderType);
    }

    /** Returns the folder of a type. */
    long folder(String type) throws VoicemailException {
        for (UntrustedJson folder : mailbox.objects("folders")) {
            Long id = folder.number("id");
            if (id != null && type.equals(folder.text("type"))) {
                return id;
            }
        }
        throw new VoicemailException(Reason.UNSUPPORTED, "the mailbox has no folder for that");
    }

    /** Reads a page that the server made, whose messages name their folders. */
    VoicemailPage page(UntrustedJson listed) throws VoicemailException {
        List<VoicemailMessage> messages = new ArrayList<>();
        for (UntrustedJson message : listed.objects("items")) {
            UntrustedJson folder = message.object("folder");
            messages.add(message(message, folder == null ? null : folder.text("type")));
        }
        Long total = listed.number("total");
        if (!listed.hasList("items") || total == null || total < 0 || total > Integer.MAX_VALUE) {
            throw nonsense();
        }
        return new VoicemailPage(messages, total.intValue(), (int) Math.min(total, unheard()));
    }

    /** Makes a page of the messages of all folders. */
    VoicemailPage page(int offset, int limit) throws VoicemailException {
        List<VoicemailMessage> all = new ArrayList<>();
        for (UntrustedJson folder : mailbox.objects("folders")) {
            for (UntrustedJson message : folder.objects("messages")) {
                all.add(message(message, folder.text("type")));
            }
        }
        all.sort(Comparator.comparing(VoicemailMessage::received).reversed());
        int from = Math.min(offset, all.size());
        int to = (int) Math.min((long) from + limit, all.size());
        return new VoicemailPage(all.subList(from, to), all.size(), unheard());
    }

    private int unheard() throws VoicemailException {
        if (!mailbox.hasList("folders")) {
            throw nonsense();
        }
        int unheard = 0;
        for (UntrustedJson folder : mailbox.objects("folders")) {
            unheard += isHeard(folder.text("type"))
                    ? 0
                    : folder.objects("messages").size();
        }
        return unheard;
    }

    private static VoicemailMessage message(UntrustedJson message, @Nullable String folderType)
            throws VoicemailException {
        String id = message.text("id");
        Long left = message.number("timestamp");
        if (id == null || !HttpsClient.isSegment(id) || left == null || left < 0 || left > LAST_SECOND) {
            throw nonsense();
        }
        Long duration = message.number("duration");
        UntrustedJson transcription = message.object("transcription");
        return new VoicemailMessage(
                id,
                message.text("caller_id_num"),
                message.text("caller_id_name"),
                Instant.ofEpochSecond(left),
                duration == null || duration < 0 || duration > LONGEST_MESSAGE ? null : Duration.ofSeconds(duration),
                isHeard(folderType),
                "urgent".equals(folderType),
                -1,
                transcription == null ? null : transcription.text("text"));
    }

    private static VoicemailException nonsense() {
        return new VoicemailException(Reason.PROTOCOL, "not what a mailbox says");
    }

    @Override
    public String toString() {
        return "WazoMailbox[redacted]";
    }
}
