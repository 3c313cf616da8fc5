// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.voicemail;

import com.techpro.callclient.testkit.pbx.media.FrameClock;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;

/**
 * A recording to be stored in a mailbox, as Asterisk's IMAP storage formats it: headers and a WAV
 * file.
 */
public final class VoiceMessage {
    private static final DateTimeFormatter ORIG_DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM d hh:mm:ss a 'UTC' yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** A caller who hangs up directly after the beep leaves no message. */
    private static final int FEWEST_SAMPLES = FrameClock.RATE / 2;

    private final String mailbox;
    private final String callerNumber;
    private final String callerName;
    private final Instant when;
    private final short[] samples;

    public VoiceMessage(String mailbox, String callerNumber, String callerName, Instant when, short[] samples) {
        this.mailbox = mailbox;
        this.callerNumber = callerNumber;
        this.callerName = callerName;
        this.when = when;
        this.samples = samples;
    }

    String mailbox() {
        return mailbox;
    }

    boolean worthKeeping() {
        return samples.length >= FEWEST_SAMPLES;
    }

    /** @param number of the message in the mailbox, from 0 */
    MimeMessage toMime(String domain, int number, WavFile.Encoding encoding) throws MessagingException {
        long seconds = Math.max(1, (samples.length + FrameClock.RATE / 2) / FrameClock.RATE);
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        try {
            message.setFrom(new InternetAddress("pbx@" + domain, "Embedded PBX", StandardCharsets.UTF_8.name()));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java knows UTF-8", e);
        }
        message.setRecipients(MimeMessage.RecipientType.TO, mailbox + "@" + domain);
        message.setSentDate(Date.from(when));
        message.setSubject("New message " + (number + 1) + " in mailbox " + mailbox);
        header(message, "Message-Num", Integer.toString(number + 1));
        header(message, "Server-Name", domain);
        header(message, "Context", "default");
        header(message, "Extension", mailbox);
        header(message, "Flag", "");
        header(message, "Priority", "2");
        header(message, "Caller-ID-Num", callerNumber);
        header(message, "Caller-ID-Name", callerName);
        header(message, "Duration", Long.toString(seconds));
        header(message, "Category", "");
        header(message, "Message-Type", "Message");
        header(message, "Orig-date", ORIG_DATE.format(when));
        header(message, "Orig-time", Long.toString(when.getEpochSecond()));
        header(message, "Message-ID", when.getEpochSecond() + "-" + String.format("%08x", number));
        MimeBodyPart text = new MimeBodyPart();
        text.setText(
                "A message of " + seconds + " seconds from " + callerNumber + ".\n", StandardCharsets.UTF_8.name());
        MimeBodyPart sound = new MimeBodyPart();
        sound.setDataHandler(new DataHandler(new ByteArrayDataSource(WavFile.write(samples, encoding), "audio/x-wav")));
        sound.setFileName(String.format("msg%04d.%s", number, encoding.extension));
        sound.setDisposition(Part.ATTACHMENT);
        sound.setHeader("Content-Transfer-Encoding", "base64");
        MimeMultipart both = new MimeMultipart("mixed");
        both.addBodyPart(text);
        both.addBodyPart(sound);
        message.setContent(both);
        message.saveChanges();
        return message;
    }

    /** Returns the audio of a mailbox message; empty if the PBX cannot play it. */
    static short[] soundIn(MimeMessage message) throws MessagingException, IOException {
        if (message.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                Part part = parts.getBodyPart(i);
                if (part.isMimeType("audio/*")) {
                    try (InputStream in = part.getInputStream()) {
                        return WavFile.read(in.readAllBytes());
                    }
                }
            }
        }
        return new short[0];
    }

    private static void header(MimeMessage message, String name, String value) throws MessagingException {
        String field = "X-Asterisk-VM-" + name;
        try {
            // A name from the network: on one line, and in ASCII.
            String safe = MimeUtility.encodeText(value.replaceAll("\\p{Cntrl}", " "), "UTF-8", null);
            message.setHeader(field, MimeUtility.fold(field.length() + 2, safe));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java knows UTF-8", e);
        }
    }

    @Override
    public String toString() {
        return "VoiceMessage[redacted]";
    }
}
