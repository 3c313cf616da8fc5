// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ids of a folder whose numbers mean something else by now (RFC 9051 §2.3.1.1), and flags that a
 * folder does not keep.
 */
class StaleMessageIdTest {
    private final FakeLoginContext context = new FakeLoginContext().local(ScriptedMailbox.HOST);
    private ScriptedMailbox server;
    private ImapVoicemailBox box;
    private volatile int validity = 5;
    private volatile String flags = "\\Seen \\Deleted";

    @BeforeEach
    void open() throws IOException {
        server = new ScriptedMailbox();
        server.script = command -> command.startsWith("SELECT")
                ? "* 1 EXISTS\r\n* OK [UIDVALIDITY " + validity + "] x\r\n* OK [PERMANENTFLAGS (" + flags
                        + ")] x\r\nTAG OK [READ-WRITE] x\r\n"
                : null;
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
    void VMB_4_an_id_of_before_names_no_message_of_the_folder_made_anew() throws Exception {
        assertThat(box.list(0, 10).messages().get(0).id()).isEqualTo("m.5.7");
        validity = 6;
        server.disconnect();

        for (ThrowingCall use : List.<ThrowingCall>of(
                () -> box.delete("m.5.7"), () -> box.setHeard("m.5.7", true), () -> box.open("m.5.7"))) {
            assertThat(reason(use)).isEqualTo(Reason.NO_SUCH_MESSAGE);
        }
        assertThat(server.commands).noneMatch(command -> command.contains("STORE"));
        assertThat(box.list(0, 10).messages().get(0).id()).isEqualTo("m.6.7");
    }

    @Test
    void a_deletion_in_the_former_folder_expunges_nothing_in_the_recreated_one() throws Exception {
        box.delete("m.5.7");
        validity = 6;
        server.disconnect();
        box.purge();
        assertThat(server.commands).noneMatch(command -> command.contains("EXPUNGE"));
    }

    /** RFC 9051 §7.1: a flag that is not permanent is forgotten with the connection. */
    @Test
    void where_the_mark_of_deletion_is_not_kept_nothing_is_deleted() throws Exception {
        flags = "\\Seen";
        assertThat(reason(() -> box.delete("m.5.7"))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(box.capabilities()).contains(Capability.MARK_HEARD).doesNotContain(Capability.DELETE);
        assertThat(server.commands).noneMatch(command -> command.contains("STORE"));
    }

    @Test
    void where_the_mark_of_hearing_is_not_kept_nothing_is_marked() throws Exception {
        flags = "\\Deleted";
        assertThat(reason(() -> box.setHeard("m.5.7", true))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(box.capabilities()).contains(Capability.DELETE).doesNotContain(Capability.MARK_HEARD);
    }

    /** A server that ends every connection is not asked for ever. */
    @Test
    @Tag("slow")
    void a_first_connection_that_ends_is_not_tried_again_by_itself() {
        server.script = command -> command.startsWith("SELECT") ? "* BYE\r\n" : null;
        assertThat(reason(() -> box.list(0, 10))).isEqualTo(Reason.UNREACHABLE);
        assertThat(server.commands.stream().filter(command -> command.startsWith("AUTHENTICATE")))
                .hasSize(1);
    }

    private interface ThrowingCall {
        void run() throws IOException;
    }

    private static Reason reason(ThrowingCall use) {
        VoicemailException failure = catchThrowableOfType(VoicemailException.class, use::run);
        assertThat(failure).as("it threw nothing").isNotNull();
        return failure.reason();
    }
}
