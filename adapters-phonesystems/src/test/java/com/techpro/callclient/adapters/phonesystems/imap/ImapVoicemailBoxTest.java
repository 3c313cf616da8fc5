// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What well-behaved servers do not show: those without an extension, those that refuse, and those that mean ill. */
class ImapVoicemailBoxTest {
    private final FakeLoginContext context = new FakeLoginContext().local(ScriptedMailbox.HOST);
    private ScriptedMailbox server;
    private ImapVoicemailBox box;

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedMailbox();
        assertThat(context.allow(List.of(new HostPort(ScriptedMailbox.HOST, 0))))
                .isTrue();
        box = new ImapVoicemailBox(server.account(), context);
    }

    @AfterEach
    void close() throws IOException {
        box.close();
        server.close();
    }

    @Test
    void where_only_EXPUNGE_is_known_nothing_is_marked_and_nothing_removed() throws Exception {
        server.capabilities = "IMAP4rev1 AUTH=PLAIN";

        assertFails(Reason.UNSUPPORTED, () -> box.delete("m.5.7"));
        assertFails(Reason.UNSUPPORTED, () -> box.undelete("m.5.7"));
        box.purge();

        assertThat(box.list(0, 10).total()).isEqualTo(1);
        assertThat(box.capabilities())
                .containsExactlyInAnyOrder(Capability.MARK_HEARD, Capability.DRIVES_MESSAGE_WAITING);
        assertThat(server.commands).noneMatch(command -> command.contains("STORE") || command.contains("EXPUNGE"));
    }

    @Test
    void only_locally_deleted_messages_are_expunged_and_never_by_CLOSE() throws Exception {
        box.delete("m.5.7");
        box.purge();
        box.purge();

        assertThat(server.commands)
                .filteredOn(command -> command.contains("EXPUNGE"))
                .containsExactly("UID EXPUNGE 7");
        assertThat(server.commands).doesNotContain("CLOSE", "EXPUNGE");
    }

    @Test
    void each_refusal_has_its_reason() throws Exception {
        Map<String, Reason> reasons = Map.of(
                "TAG NO [OVERQUOTA] full\r\n", Reason.FULL,
                "TAG NO [UNAVAILABLE] later\r\n", Reason.UNREACHABLE,
                "TAG NO [NOPERM] no\r\n", Reason.UNSUPPORTED,
                "TAG NO [NONEXISTENT] gone\r\n", Reason.NO_SUCH_MESSAGE,
                "TAG NO 4417 says no\r\n", Reason.PROTOCOL,
                "TAG BAD what\r\n", Reason.PROTOCOL);
        for (Map.Entry<String, Reason> one : reasons.entrySet()) {
            server.script = command -> command.startsWith("UID STORE") ? one.getKey() : null;
            VoicemailException failure =
                    catchThrowableOfType(VoicemailException.class, () -> box.setHeard("m.5.7", true));
            assertThat(failure.reason()).as(one.getKey()).isEqualTo(one.getValue());
            assertThat(failure).hasMessageNotContaining("4417");
        }
        server.script = command -> null;
        box.setHeard("m.5.7", true);
    }

    @Test
    void more_than_was_asked_for_is_not_kept_and_nonsense_is_left_out() throws Exception {
        server.script = command -> command.contains("BODY.PEEK[1]") ? "* 1 FETCH (UID 7 BODY[1] {900000000}\r\n" : null;
        assertThat(box.list(0, 10).total()).isEqualTo(1);
        assertFails(Reason.UNREACHABLE, () -> box.open("m.5.7"));

        String nonsense =
                "* 9 FETCH (UID 9 FLAGS () BODYSTRUCTURE (\"audio\" \"x\" NIL NIL NIL \"base64\" 1 NIL NIL NIL NIL"
                        + " (x)\r\n";
        server.script = command -> command.equals("NOOP") ? nonsense + "TAG OK\r\n" : null;
        assertThat(box.list(0, 10).total()).isEqualTo(1);
    }

    /** Few bytes each, and many times as many in memory. */
    @ParameterizedTest
    @ValueSource(strings = {"* 1 FETCH ()\r\n", "* 1 EXISTS\r\n", "* 1 FETCH (X (()()()()()()()()()()()()()))\r\n"})
    void tiny_answers_without_number_are_not_kept_and_the_next_question_is_answered(String tiny) throws Exception {
        String flood = tiny.repeat((7 << 20) / tiny.length()) + "TAG OK\r\n";
        server.script = command -> command.startsWith("FETCH") ? flood : null;
        assertFails(Reason.PROTOCOL, () -> box.list(0, 10));
        Await.until(() -> context.open() == 0, Duration.ofSeconds(30));

        server.script = command -> null;
        assertThat(box.list(0, 10).total()).isEqualTo(1);
    }

    @Test
    void more_messages_than_the_server_said_are_not_kept() throws Exception {
        assertThat(box.list(0, 10).total()).isEqualTo(1);
        StringBuilder many = new StringBuilder();
        for (int uid = 7; uid < 15_000; uid++) {
            many.append("* 1 FETCH (UID ").append(uid).append(" FLAGS ())\r\n");
        }
        server.script = command -> command.equals("NOOP")
                ? "* 1 EXISTS\r\nTAG OK\r\n"
                : command.startsWith("UID FETCH") ? many + "TAG OK\r\n" : null;
        assertFails(Reason.PROTOCOL, () -> box.list(0, 10));

        server.script = command -> null;
        assertThat(box.list(0, 10).total()).isEqualTo(1);
    }

    @Test
    void C6_a_message_that_is_listed_with_its_words_stays_unheard() throws Exception {
        // Given a server that does as RFC 9051 §6.4.5 says: BODY[...] sets \\Seen, BODY.PEEK[...] does not
        String header = "Message-Context: voice-message\r\n\r\n";
        server.script = command -> {
            if (command.contains("BODYSTRUCTURE")) {
                return "* 1 FETCH (UID 7 FLAGS (" + (marked() ? "\\Seen" : "")
                        + ") INTERNALDATE \"02-Mar-2026 10:00:00 +0000\" BODYSTRUCTURE ((\"text\" \"plain\" (\"charset\""
                        + " \"utf-8\") NIL NIL \"7bit\" 13 1)(\"audio\" \"x-wav\" NIL NIL NIL \"base64\" 8) \"mixed\")"
                        + " BODY[HEADER.FIELDS (X)]<0> {" + header.length() + "}\r\n" + header + ")\r\nTAG OK\r\n";
            }
            return command.contains("[1]<0.")
                    ? "* 1 FETCH (UID 7 BODY[1]<0> {13}\r\ncall me back\n)\r\nTAG OK\r\n"
                    : null;
        };

        VoicemailMessage message = box.list(0, 10).messages().get(0);

        assertThat(message.transcription()).isEqualTo("call me back");
        assertThat(marked()).isFalse();
        assertThat(new ImapVoicemailBox(server.account(), context).list(0, 10).unheard())
                .isEqualTo(1);
    }

    private boolean marked() {
        return server.commands.stream().anyMatch(command -> command.contains("BODY["));
    }

    @Test
    void waiting_for_news_is_begun_anew_before_the_server_tires_of_it() {
        AtomicInteger told = new AtomicInteger();
        MailboxWatch watch = new MailboxWatch(server.account(), context, told::incrementAndGet, Duration.ofMillis(300));
        watch.start();

        server.script = command -> command.equals("DONE") ? "* 2 EXISTS\r\nTAG OK\r\n" : null;
        Await.until(
                () -> server.commands.stream().filter("IDLE"::equals).count() >= 3 && told.get() >= 2,
                Duration.ofSeconds(30));
        watch.stop();

        assertThat(server.commands).contains("DONE").noneMatch(command -> command.startsWith("SELECT"));
        assertThat(server.commands)
                .filteredOn(command -> command.startsWith("EXAMINE"))
                .hasSize(1);
        Await.until(() -> context.open() == 0, Duration.ofSeconds(30));
    }

    @Test
    void the_password_is_said_in_TLS_alone_and_the_box_forgets_it() throws Exception {
        ImapAccount account = server.account();
        ImapVoicemailBox other = new ImapVoicemailBox(account, context);
        assertThat(other.list(0, 1).total()).isEqualTo(1);
        assertThat(server.commands).contains("AUTHENTICATE PLAIN").noneMatch(command -> command.startsWith("LOGIN"));

        other.close();

        assertThat(catchThrowableOfType(
                        IllegalStateException.class,
                        () -> account.password()
                                .use(
                                        com.techpro.callclient.ports.secret.SecretAccess.forAuthenticators(),
                                        String::new)))
                .isNotNull();
        assertFails(Reason.CLOSED, () -> other.list(0, 1));
    }

    private interface Use {
        void run() throws IOException;
    }

    private static void assertFails(Reason reason, Use use) {
        VoicemailException failure = catchThrowableOfType(VoicemailException.class, use::run);
        assertThat(failure).as("it threw nothing").isNotNull();
        assertThat(failure.reason()).isEqualTo(reason);
    }
}
