// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Voicemail among ordinary mail: the newest page costs what the newest messages cost, however much lies below. */
@Tag("slow")
class LargeInboxTest {
    private static final String HEADER = "From: <200@pbx.test>\r\n\r\n";

    private record Mail(long uid, boolean voicemail, boolean seen) {}

    private final FakeLoginContext context = new FakeLoginContext().local(ScriptedMailbox.HOST);
    /** In the order of their places, which begin with 1. */
    private final List<Mail> mails = Collections.synchronizedList(new ArrayList<>());

    private final StringBuffer news = new StringBuffer();
    private volatile int fetched;
    private long nextUid = 1;
    private ScriptedMailbox server;
    private ImapVoicemailBox box;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedMailbox();
        server.script = this::answer;
        assertThat(context.allow(List.of(new HostPort(ScriptedMailbox.HOST, 0))))
                .isTrue();
        box = new ImapVoicemailBox(server.account(), context);
    }

    @AfterEach
    void close() throws IOException {
        box.close();
        server.close();
    }

    private void arrive(boolean voicemail) {
        mails.add(new Mail(nextUid, voicemail, false));
        nextUid += 2;
    }

    private String answer(String command) {
        String told = news.toString();
        news.setLength(0);
        if (command.startsWith("SELECT")) {
            return "* " + mails.size() + " EXISTS\r\n* OK [UIDVALIDITY 5] x\r\n"
                    + "* OK [PERMANENTFLAGS (\\Seen \\Deleted)] x\r\nTAG OK [READ-WRITE] x\r\n";
        }
        if (command.equals("NOOP")) {
            return told + "TAG OK\r\n";
        }
        news.append(told);
        if (command.startsWith("SEARCH ")) {
            return found(command);
        }
        boolean byUid = command.startsWith("UID FETCH ");
        if (!byUid && !command.startsWith("FETCH ")) {
            return null;
        }
        String set = command.substring(byUid ? 10 : 6, command.indexOf(" ("));
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < mails.size(); i++) {
            Mail mail = mails.get(i);
            if (isIn(
                    set,
                    byUid ? mail.uid() : i + 1,
                    byUid ? mails.get(mails.size() - 1).uid() : mails.size())) {
                answers.append(described(i + 1, mail, command.contains("BODYSTRUCTURE")));
                fetched++;
            }
        }
        return answers + "TAG OK\r\n";
    }

    private String found(String command) {
        boolean counts = command.startsWith("SEARCH RETURN (COUNT) ");
        String[] words = command.replace("RETURN (COUNT) ", "").split(" ");
        List<Integer> places = new ArrayList<>();
        for (int place = 1; place <= mails.size(); place++) {
            boolean unseen = words[words.length - 1].equals("UNSEEN");
            if (isIn(words[1], place, mails.size())
                    && !(unseen && mails.get(place - 1).seen())) {
                places.add(place);
            }
        }
        String told = places.stream().map(place -> " " + place).collect(Collectors.joining());
        return (counts ? "* ESEARCH (TAG \"TAG\") COUNT " + places.size() : "* SEARCH" + told) + "\r\nTAG OK\r\n";
    }

    private static boolean isIn(String set, long number, long last) {
        for (String range : set.split(",")) {
            String[] ends = range.split(":");
            long from = Long.parseLong(ends[0]);
            long to = ends.length == 1 ? from : ends[1].equals("*") ? last : Long.parseLong(ends[1]);
            if (Math.min(from, to) <= number && number <= Math.max(from, to)) {
                return true;
            }
        }
        return false;
    }

    private static String described(int place, Mail mail, boolean whole) {
        String line = "* " + place + " FETCH (UID " + mail.uid() + " FLAGS (" + (mail.seen() ? "\\Seen" : "") + ")";
        if (!whole) {
            return line + ")\r\n";
        }
        String body = mail.voicemail()
                ? "(\"audio\" \"x-wav\" NIL NIL NIL \"base64\" 8)"
                : "(\"text\" \"plain\" NIL NIL NIL \"7bit\" 8 1)";
        return line
                + String.format(
                        " INTERNALDATE \"%02d-Mar-2026 %02d:%02d:%02d +0000\"",
                        1 + mail.uid() / 86_400 % 28, mail.uid() / 3_600 % 24, mail.uid() / 60 % 60, mail.uid() % 60)
                + " BODYSTRUCTURE " + body + " BODY[HEADER.FIELDS (X)]<0> {" + HEADER.length() + "}\r\n" + HEADER
                + ")\r\n";
    }

    private List<String> expected() {
        List<String> ids = mails.stream()
                .filter(Mail::voicemail)
                .map(mail -> "m.5." + mail.uid())
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(ids);
        return ids;
    }

    private static List<String> ids(VoicemailPage page) {
        return page.messages().stream().map(message -> message.id()).collect(Collectors.toList());
    }

    @Test
    void the_newest_page_of_fifty_thousand_mails_is_learnt_from_the_newest_mails_alone() throws Exception {
        for (int i = 0; i < 50_000; i++) {
            arrive(i % 10 == 0);
        }

        VoicemailPage page = box.list(0, 20);

        assertThat(ids(page)).isEqualTo(expected().subList(0, 20));
        assertThat(page.total()).isGreaterThanOrEqualTo(20);
        assertThat(fetched).as("answers before page 1").isLessThanOrEqualTo(250);

        int before = fetched;
        assertThat(ids(box.list(20, 20))).isEqualTo(expected().subList(20, 40));
        assertThat(fetched - before).as("answers for page 2").isLessThanOrEqualTo(250);

        before = fetched;
        assertThat(ids(box.list(0, 20))).isEqualTo(expected().subList(0, 20));
        assertThat(fetched - before).as("nothing new, nothing asked").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMAP4rev1 IDLE UIDPLUS AUTH=PLAIN", "IMAP4rev1 IDLE UIDPLUS AUTH=PLAIN ESEARCH"})
    void a_mailbox_of_nothing_but_voicemail_is_counted_by_the_server(String capabilities) throws Exception {
        server.capabilities = capabilities;
        for (int i = 0; i < 5_000; i++) {
            mails.add(new Mail(nextUid++, true, i % 5 == 0));
        }

        VoicemailPage page = box.list(0, 50);

        assertThat(page.total()).isEqualTo(5_000);
        assertThat(page.unheard()).isEqualTo(4_000);
        assertThat(fetched).isLessThanOrEqualTo(250);
        assertThat(ids(box.list(300, 50))).isEqualTo(expected().subList(300, 350));
        assertThat(box.list(600, 50).total()).isEqualTo(5_000);
        assertThat(box.list(600, 50).unheard()).isEqualTo(4_000);
    }

    @Test
    void where_ordinary_mail_is_all_there_is_each_call_looks_through_a_thousand() throws Exception {
        for (int i = 0; i < 3_500; i++) {
            arrive(i == 700);
        }
        assertThat(box.list(0, 50).total()).isZero();
        assertThat(fetched).isLessThanOrEqualTo(1_000);
        assertThat(box.list(0, 50).total()).isZero();
        assertThat(ids(box.list(0, 50))).isEqualTo(expected());
        assertThat(ids(box.list(0, 50))).isEqualTo(expected());

        int before = fetched;
        assertThat(ids(box.list(0, 50))).isEqualTo(expected());
        assertThat(fetched).as("all is known").isEqualTo(before);
    }

    @Test
    void an_unscanned_message_can_be_opened_and_is_not_listed_out_of_order() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            arrive(i % 5 == 0);
        }
        box.setHeard(expected().get(399), false);

        assertThat(ids(box.list(0, 10))).isEqualTo(expected().subList(0, 10));
        assertThat(ids(box.list(40, 20))).isEqualTo(expected().subList(40, 60));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void pages_have_no_holes_while_messages_arrive_and_disappear(long seed) throws Exception {
        Random random = Seeds.random(seed);
        for (int i = 0; i < 4_000; i++) {
            arrive(random.nextInt(20) == 0);
        }
        for (int turn = 0; turn < 25; turn++) {
            int limit = 1 + random.nextInt(30);
            List<String> all = expected();
            int offset = random.nextInt(Math.max(1, Math.min(all.size(), 10 * (turn + 1))));
            int full = Math.min(limit, all.size() - offset);
            List<String> page = ids(box.list(offset, limit));
            for (int deeper = 0; deeper < 5 && page.size() < full; deeper++) {
                page = ids(box.list(offset, limit));
            }
            assertThat(page).as("page " + offset + "+" + limit).isEqualTo(all.subList(offset, offset + full));
            for (int change = random.nextInt(4); change > 0; change--) {
                if (random.nextInt(3) == 0) {
                    arrive(random.nextBoolean());
                    news.append("* ").append(mails.size()).append(" EXISTS\r\n");
                } else {
                    int place = 1
                            + (random.nextBoolean()
                                    ? random.nextInt(mails.size())
                                    : mails.size() - 1 - random.nextInt(200));
                    mails.remove(place - 1);
                    news.append("* ").append(place).append(" EXPUNGE\r\n");
                }
            }
        }
        VoicemailPage last = box.list(0, 500);
        // One call looks through a thousand.
        for (int deeper = 0; deeper < 5 && last.messages().size() < expected().size(); deeper++) {
            last = box.list(0, 500);
        }
        assertThat(ids(last)).isEqualTo(expected());
        assertThat(last.total()).isEqualTo(expected().size());
    }

    @Test
    void of_an_endless_mailbox_ten_thousand_mails_are_remembered_and_no_more() throws Exception {
        for (int i = 0; i < 30_000; i++) {
            arrive(i % 1_000 == 0);
        }
        for (int i = 0; i < 12; i++) {
            box.list(0, 50);
        }
        assertThat(fetched).isBetween(10_000, 10_250);
        assertThat(ids(box.list(0, 50))).isEqualTo(expected().subList(0, 10));

        int before = fetched;
        box.list(0, 50);
        assertThat(fetched).as("nothing is asked any more").isEqualTo(before);

        for (int i = 0; i < 2_500; i++) {
            arrive(i == 2_400);
        }
        news.append("* ").append(mails.size()).append(" EXISTS\r\n");
        assertThat(ids(box.list(0, 50)).get(0)).isEqualTo(expected().get(0));
        assertThat(fetched - before).as("begun anew from the newest").isLessThanOrEqualTo(1_000);
    }

    @Test
    void two_hundred_thousand_messages_are_counted_some_at_a_time() throws Exception {
        for (int i = 0; i < 200_000; i++) {
            mails.add(new Mail(nextUid++, true, i % 4 == 0));
        }

        VoicemailPage page = box.list(0, 50);

        assertThat(page.total()).isEqualTo(200_000);
        assertThat(page.unheard()).isEqualTo(150_000);
        assertThat(fetched).isLessThanOrEqualTo(250);
    }

    @Test
    void a_mailbox_that_is_emptied_has_nothing() throws Exception {
        arrive(true);
        assertThat(box.list(0, 5).total()).isEqualTo(1);

        mails.clear();
        news.append("* 1 EXPUNGE\r\n");
        assertThat(box.list(0, 5).total()).isZero();

        arrive(true);
        news.append("* 1 EXISTS\r\n");
        assertThat(ids(box.list(0, 5))).isEqualTo(expected());
    }
}
