// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParsePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The formats in which phone systems write their messages. The format is found for each message,
 * because a mailbox may outlive its phone system.
 */
enum Dialect {
    /**
     * Visual voicemail by OMTP or its successor GSMA TS.46, with the message contexts of RFC 3458.
     */
    OMTP {
        @Override
        boolean wrote(HeaderBlock headers) {
            String context = headers.raw("Message-Context");
            return headers.has(GREETING_TYPE) || (context != null && context.equalsIgnoreCase("voice-message"));
        }

        @Override
        Summary read(HeaderBlock headers, List<MimePart> parts, MimePart audio, Instant arrived) {
            InternetAddress from = address(headers);
            String number = from == null ? null : dialled(from);
            String greeting = headers.shown(GREETING_TYPE);
            String on = headers.raw("X-CNS-Greeting-On");
            return new Summary(
                    this,
                    greeting,
                    on == null || on.equalsIgnoreCase("on"),
                    number,
                    from == null ? null : named(from.getPersonal()),
                    date(headers, arrived),
                    seconds(headers, "Content-Duration"),
                    urgent(headers),
                    audio,
                    words(parts));
        }

        @Override
        boolean drivesMessageWaiting() {
            return true;
        }
    },

    /** Asterisk's IMAP storage, which uses the headers as its database. */
    ASTERISK {
        @Override
        boolean wrote(HeaderBlock headers) {
            return headers.has("X-Asterisk-VM-Message-Num")
                    || headers.has("X-Asterisk-VM-Message-Type")
                    || headers.has("X-Asterisk-VM-Orig-time");
        }

        @Override
        Summary read(HeaderBlock headers, List<MimePart> parts, MimePart audio, Instant arrived) {
            String type = headers.shown("X-Asterisk-VM-Message-Type");
            String flag = headers.raw("X-Asterisk-VM-Flag");
            long time = headers.number("X-Asterisk-VM-Orig-time");
            return new Summary(
                    this,
                    type == null || type.equalsIgnoreCase("message") ? null : type,
                    true,
                    number(headers.shown("X-Asterisk-VM-Caller-ID-Num")),
                    named(headers.shown("X-Asterisk-VM-Caller-ID-Name")),
                    time > 0 ? Instant.ofEpochSecond(time) : arrived,
                    seconds(headers, "X-Asterisk-VM-Duration"),
                    (flag != null && flag.equalsIgnoreCase("urgent")) || urgent(headers),
                    audio,
                    null);
        }

        @Override
        boolean drivesMessageWaiting() {
            return true;
        }
    },

    /** FreeSWITCH's voicemail by mail; its own mailbox is elsewhere. */
    FREESWITCH {
        @Override
        boolean wrote(HeaderBlock headers) {
            return headers.has("X-Voicemail-Length");
        }

        @Override
        Summary read(HeaderBlock headers, List<MimePart> parts, MimePart audio, Instant arrived) {
            InternetAddress from = address(headers);
            String number = from == null ? null : dialled(from);
            String name = from == null ? null : from.getPersonal();
            String subject = headers.shown("Subject");
            Matcher told = SUBJECT.matcher(subject == null ? "" : subject);
            if (name != null && name.startsWith("FreeSWITCH mod_voicemail")) {
                // Without an administrator's template, FreeSWITCH writes from the mailbox itself.
                number = told.matches() ? told.group(2) : null;
                name = told.matches() ? told.group(1) : null;
            }
            return new Summary(
                    this,
                    null,
                    false,
                    number(number),
                    named(name),
                    arrived,
                    seconds(headers, "X-Voicemail-Length"),
                    urgent(headers),
                    audio,
                    null);
        }
    },

    /** Any mail that contains sound. */
    MAIL {
        @Override
        boolean wrote(HeaderBlock headers) {
            return true;
        }

        @Override
        Summary read(HeaderBlock headers, List<MimePart> parts, MimePart audio, Instant arrived) {
            InternetAddress from = address(headers);
            // Asterisk without IMAP storage sends this field too.
            String number = headers.shown("X-Asterisk-CallerID");
            String dialled = from == null ? null : dialled(from);
            String caller = from != null && number == null && dialled != null
                    ? from.getPersonal()
                    : headers.shown("X-Asterisk-CallerIDName");
            return new Summary(
                    this,
                    null,
                    false,
                    number(number == null ? dialled : number),
                    named(caller),
                    arrived,
                    seconds(headers, "Content-Duration"),
                    urgent(headers),
                    audio,
                    null);
        }
    };

    /** All fields that any format reads. */
    static final String FIELDS = "From Date Subject Message-Context Content-Duration Importance X-Priority Priority"
            + " X-CNS-Greeting-Type X-CNS-Greeting-On X-Voicemail-Length X-Asterisk-VM-Message-Num"
            + " X-Asterisk-VM-Message-Type X-Asterisk-VM-Caller-ID-Num X-Asterisk-VM-Caller-ID-Name"
            + " X-Asterisk-VM-Duration X-Asterisk-VM-Orig-time X-Asterisk-VM-Flag X-Asterisk-CallerID"
            + " X-Asterisk-CallerIDName";

    private static final String GREETING_TYPE = "X-CNS-Greeting-Type";
    private static final Pattern SUBJECT = Pattern.compile("Voicemail from (.{0,200}) (\\S{1,64})");
    private static final Pattern DIALLED = Pattern.compile("\\+?[0-9*#]{2,32}");
    private static final Set<String> NOBODY =
            Set.of("anonymous", "unknown", "private", "unavailable", "restricted", "withheld", "(null)");
    private static final int LONGEST_NAME = 200;
    private static final long LONGEST_SECONDS = 86_400;

    abstract boolean wrote(HeaderBlock headers);

    abstract Summary read(HeaderBlock headers, List<MimePart> parts, MimePart audio, Instant arrived);

    /**
     * Whether the mailbox is the phone system's own. Then its message lamp follows changes made
     * here.
     */
    boolean drivesMessageWaiting() {
        return false;
    }

    /**
     * Returns a message's summary; null if it has no sound and so is no voicemail.
     *
     * @param arrived when the server received it
     */
    static @Nullable Summary summary(HeaderBlock headers, List<MimePart> parts, Instant arrived) {
        for (MimePart part : parts) {
            if (part.isAudio()) {
                for (Dialect dialect : values()) {
                    if (dialect.wrote(headers)) {
                        return dialect.read(headers, parts, part, arrived);
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable InternetAddress address(HeaderBlock headers) {
        String from = headers.raw("From");
        try {
            InternetAddress[] all = from == null ? new InternetAddress[0] : InternetAddress.parseHeader(from, false);
            return all.length == 0 ? null : all[0];
        } catch (AddressException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Returns the address's local part if it can be dialled; otherwise it is a person's mailbox.
     */
    private static @Nullable String dialled(InternetAddress from) {
        String address = from.getAddress();
        int at = address == null ? -1 : address.indexOf('@');
        String local = address == null ? "" : at < 0 ? address : address.substring(0, at);
        return DIALLED.matcher(local).matches() ? local : null;
    }

    private static @Nullable String number(@Nullable String number) {
        return number == null || number.length() > LONGEST_NAME || NOBODY.contains(number.toLowerCase(Locale.ROOT))
                ? null
                : number;
    }

    private static @Nullable String named(@Nullable String written) {
        String name = written == null ? null : HeaderBlock.decoded(written);
        return name == null || NOBODY.contains(name.toLowerCase(Locale.ROOT))
                ? null
                : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static @Nullable Duration seconds(HeaderBlock headers, String field) {
        long seconds = headers.number(field);
        return seconds < 0 || seconds > LONGEST_SECONDS ? null : Duration.ofSeconds(seconds);
    }

    private static Instant date(HeaderBlock headers, Instant arrived) {
        String date = headers.raw("Date");
        Date parsed = date == null ? null : new MailDateFormat().parse(date, new ParsePosition(0));
        return parsed == null ? arrived : parsed.toInstant();
    }

    private static boolean urgent(HeaderBlock headers) {
        String importance = headers.raw("Importance");
        String priority = headers.raw("Priority");
        String number = headers.raw("X-Priority");
        return (importance != null && importance.equalsIgnoreCase("high"))
                || (priority != null && priority.equalsIgnoreCase("urgent"))
                || (number != null && number.startsWith("1"));
    }

    private static @Nullable MimePart words(List<MimePart> parts) {
        for (MimePart part : parts) {
            if (part.isText()) {
                return part;
            }
        }
        return null;
    }
}
