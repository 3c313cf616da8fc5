// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.voicemail.VoicemailException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Transcriptions, where the phone system provides them. Each is fetched once, with the page that
 * shows it.
 */
final class Transcriptions {
    private static final int LONGEST = 8_192;
    private static final int WINDOW = 100;

    private Transcriptions() {}

    static void fetch(ImapConnection connection, List<Mailbox.Entry> page) throws VoicemailException {
        Map<String, List<Mailbox.Entry>> bySection = new TreeMap<>();
        for (Mailbox.Entry entry : page) {
            MimePart words = entry.summary == null ? null : entry.summary.words();
            if (words != null && !entry.wordsFetched) {
                bySection
                        .computeIfAbsent(words.section(), added -> new ArrayList<>())
                        .add(entry);
            }
        }
        for (Map.Entry<String, List<Mailbox.Entry>> one : bySection.entrySet()) {
            List<Mailbox.Entry> entries = one.getValue();
            for (int from = 0; from < entries.size(); from += WINDOW) {
                fetch(connection, one.getKey(), entries.subList(from, Math.min(from + WINDOW, entries.size())));
            }
        }
    }

    private static void fetch(ImapConnection connection, String section, List<Mailbox.Entry> entries)
            throws VoicemailException {
        Map<Long, Mailbox.Entry> byUid = new HashMap<>();
        entries.forEach(entry -> byUid.put(entry.uid, entry));
        String items = "UID BODY.PEEK[" + section + "]<0." + LONGEST + ">";
        for (FetchAnswer answer : connection.fetch(UidSet.of(byUid.keySet()), items)) {
            byte[] body = answer.body();
            Mailbox.Entry entry = byUid.get(answer.uid());
            MimePart part = entry == null || entry.summary == null ? null : entry.summary.words();
            if (entry != null && part != null && body != null) {
                entry.words = text(part, ImapConnection.atMost(LONGEST, body));
                entry.wordsFetched = true;
            }
        }
    }

    /** Returns null if there is none, or if it cannot be decoded. */
    static @Nullable String text(MimePart part, byte[] encoded) {
        try (InputStream in = PartStream.decoded(part, new ByteArrayInputStream(encoded))) {
            StringBuilder latin = new StringBuilder();
            byte[] some = new byte[1_024];
            int count = read(in, some);
            while (count >= 0) {
                latin.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
                count = read(in, some);
            }
            String text = new String(latin.toString().getBytes(StandardCharsets.ISO_8859_1), charset(part.charset()));
            String shown = text.replace("\r\n", "\n").trim();
            return shown.isEmpty() ? null : shown;
        } catch (IOException e) {
            return null;
        }
    }

    /** Encoded text that was cut within a group of letters ends there. */
    private static int read(InputStream in, byte[] to) {
        try {
            return in.read(to);
        } catch (IOException e) {
            return -1;
        }
    }

    private static Charset charset(@Nullable String name) {
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
