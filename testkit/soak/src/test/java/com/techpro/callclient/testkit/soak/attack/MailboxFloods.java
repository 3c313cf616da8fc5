// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.attack.HostileMailbox.Answer;
import com.techpro.callclient.testkit.soak.interop.HeadlessAudio;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mailbox that has, says or sends more than fits: {@link HostileMailbox} with too much of something. */
final class MailboxFloods {
    /** No more bytes than one answer may have. */
    private static final int ONE_ANSWER = (8 << 20) - 1_000;

    private static final Pattern FETCH = Pattern.compile("(UID )?FETCH ([0-9:,*]+) \\((.*)\\)");
    private static final Pattern SEARCH = Pattern.compile("SEARCH ([0-9]+):([0-9]+) .*");
    private static final Pattern PIECE = Pattern.compile("BODY.PEEK\\[1]<([0-9]+)\\.([0-9]+)>");

    private static final Duration GAP = Duration.ofMillis(10);
    /** What the engine leaves between two reads because of news. */
    private static final Duration READS_APART = Duration.ofSeconds(2);
    /** To read it takes a few. */
    private static final int COMMANDS_OF_A_READ = 6;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private MailboxFloods() {}

    /** Few bytes each, and many times as many in memory. */
    static Answer tinyAnswers() {
        String tiny = "* 1 FETCH ()\r\n";
        return (client, tag, command) -> {
            boolean asked = command.startsWith("FETCH");
            if (asked) {
                client.say(tiny.repeat(ONE_ANSWER / tiny.length()) + tag + " OK\r\n");
            }
            return asked;
        };
    }

    /** A mailbox that works, with so many messages; it counts them by listing them. */
    static Answer messages(int count) {
        return (client, tag, command) -> {
            StringBuilder said = new StringBuilder();
            Matcher fetch = FETCH.matcher(command);
            Matcher search = SEARCH.matcher(command);
            if (command.startsWith("SELECT") || command.startsWith("EXAMINE")) {
                said.append("* ").append(count).append(" EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n");
            } else if (search.matches()) {
                said.append("* SEARCH");
                for (int place = Integer.parseInt(search.group(1)); place <= end(search.group(2), count); place++) {
                    said.append(' ').append(place);
                }
                said.append("\r\n");
            } else if (fetch.matches()) {
                for (String range : fetch.group(2).split(",")) {
                    String[] ends = range.split(":");
                    for (int at = end(ends[0], count); at <= end(ends[ends.length - 1], count); at++) {
                        // Numbered as they came, so that place and UID are the same.
                        said.append(
                                fetch.group(3).contains("BODYSTRUCTURE")
                                        ? HostileMailbox.message(at, at, 8)
                                        : "* " + at + " FETCH (UID " + at + " FLAGS ())\r\n");
                    }
                }
            } else {
                return false;
            }
            client.say(said + tag + " OK\r\n");
            return true;
        };
    }

    private static int end(String number, int last) {
        return number.equals("*") ? last : Math.min(last, Integer.parseInt(number));
    }

    /** A part of nothing but line breaks, which decode to nothing, for as long as anybody asks for more of it. */
    static String lineBreaks() throws Exception {
        int declared = 22_000;
        AtomicLong sent = new AtomicLong();
        Answer answer = (client, tag, command) -> {
            Matcher piece = PIECE.matcher(command);
            boolean page = command.contains("BODYSTRUCTURE");
            if (page) {
                client.say(HostileMailbox.message(1, 7, declared) + tag + " OK\r\n");
            } else if (piece.find()) {
                int length = Integer.parseInt(piece.group(2)) / 2 * 2;
                sent.addAndGet(length);
                client.say("* 1 FETCH (UID 7 BODY[1]<" + piece.group(1) + "> {" + length + "}\r\n"
                        + "\r\n".repeat(length / 2) + ")\r\n" + tag + " OK\r\n");
            } else {
                return false;
            }
            return true;
        };
        String outcome = HostileMailbox.answers(
                answer, settings -> settings.platform(p -> p.audio(new HeadlessAudio(new short[] {0}))), client -> {
                    String id = client.voicemail().snapshot().messages().get(0).id();
                    try (Playback playback = client.voicemail().play(id)) {
                        Await.until("it is played, or not", () -> isOver(playback.snapshot()), LIMIT);
                        PlaybackSnapshot over = playback.snapshot();
                        return over.problem() == null
                                ? over.state().toString()
                                : over.problem().code();
                    }
                });
        return outcome + (sent.get() < 20L * declared ? ", little of it fetched" : ", " + sent + " bytes fetched");
    }

    private static boolean isOver(PlaybackSnapshot now) {
        return now.state() == PlaybackSnapshot.State.FAILED || now.state() == PlaybackSnapshot.State.ENDED;
    }

    /** Says every 10 ms for so long that something has come. */
    static String news(Duration length) throws Exception {
        AtomicInteger commands = new AtomicInteger();
        Answer answer = (client, tag, command) -> {
            if (command.equals("IDLE")) {
                client.say("+ idling\r\n");
                for (long told = 0; told < length.dividedBy(GAP); told++) {
                    boolean unused = Await.holdsWithin(() -> false, GAP);
                    client.say("* 1 EXISTS\r\n");
                }
                return true;
            }
            commands.incrementAndGet();
            return false;
        };
        return HostileMailbox.answers(answer, settings -> settings, client -> {
            int before = commands.get();
            boolean unused = Await.holdsWithin(() -> false, length);
            int asked = commands.get() - before;
            long most = (length.dividedBy(READS_APART) + 2) * COMMANDS_OF_A_READ;
            return asked == 0 ? "not read" : asked <= most ? "listed, read now and then" : asked + " commands";
        });
    }
}
