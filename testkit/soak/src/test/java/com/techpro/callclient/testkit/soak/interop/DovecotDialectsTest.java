// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailBox.Capability;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The IMAP mailbox against a real Dovecot: messages as each phone system writes them. */
@Tag("interop")
class DovecotDialectsTest extends DovecotUser {
    @Test
    void omtp_messages_and_their_greetings() throws Exception {
        deliver("omtp");
        deliver("omtp-withheld");
        dovecot.deliver(user, "Greetings", message("omtp-greeting"), true);
        VoicemailBox box = box();

        VoicemailPage page = box.list(0, 10);

        assertThat(page.total()).isEqualTo(2);
        VoicemailMessage withheld = page.messages().get(0);
        assertThat(withheld.callerNumber()).isNull();
        assertThat(withheld.duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(withheld.received()).isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
        assertThat(withheld.urgent()).isFalse();
        assertThat(withheld.transcription()).isNull();
        VoicemailMessage message = page.messages().get(1);
        assertThat(message.callerNumber()).isEqualTo("+497114560815");
        assertThat(message.callerName()).isNull();
        assertThat(message.received()).isEqualTo(Instant.parse("2026-03-02T07:15:30Z"));
        assertThat(message.duration()).isEqualTo(Duration.ofSeconds(24));
        assertThat(message.urgent()).isTrue();
        assertThat(message.transcription()).isEqualTo("Grüße, bitte rufen Sie zurück.");
        assertThat(audio(box, message.id()))
                .startsWith("RIFF".getBytes(StandardCharsets.US_ASCII))
                .hasSize(204);
        assertThat(audio(box, withheld.id())).hasSize(204);
        assertThat(box.capabilities())
                .contains(
                        Capability.GREETINGS, Capability.DRIVES_MESSAGE_WAITING, Capability.WATCH, Capability.UNDELETE)
                .doesNotContain(Capability.READ_ON_FETCH);
        VoicemailBox.Greeting greeting = box.greetings().get(0);
        assertThat(greeting.kind()).isEqualTo("normal-greeting");
        assertThat(greeting.active()).isTrue();
        assertThat(audio(box, greeting.id())).hasSize(364);
        assertFails(Reason.UNSUPPORTED, () -> box.delete(greeting.id()));
        assertThat(box.list(0, 10).messages()).isEqualTo(page.messages());
    }

    @Test
    void asterisk_messages_and_a_greeting_that_is_never_deleted() throws Exception {
        deliver("asterisk");
        deliver("asterisk-withheld");
        deliver("asterisk-greeting");
        VoicemailBox box = box();

        VoicemailPage page = box.list(0, 10);

        assertThat(page.total()).isEqualTo(2);
        assertThat(page.unheard()).isEqualTo(2);
        VoicemailMessage withheld = page.messages().get(0);
        assertThat(withheld.callerNumber()).isNull();
        assertThat(withheld.callerName()).isNull();
        assertThat(withheld.received()).isEqualTo(Instant.ofEpochSecond(1772449200));
        VoicemailMessage message = page.messages().get(1);
        assertThat(message.callerNumber()).isEqualTo("201");
        assertThat(message.callerName()).isEqualTo("Erika Mustermann");
        assertThat(message.duration()).isEqualTo(Duration.ofSeconds(17));
        assertThat(message.received()).isEqualTo(Instant.ofEpochSecond(1772445600));
        assertThat(message.urgent()).isTrue();
        assertThat(message.transcription()).isNull();
        assertThat(audio(box, message.id()))
                .startsWith("RIFF".getBytes(StandardCharsets.US_ASCII))
                .hasSize(204);
        assertThat(box.capabilities()).contains(Capability.DRIVES_MESSAGE_WAITING, Capability.GREETINGS);
        VoicemailBox.Greeting greeting = box.greetings().get(0);
        assertThat(greeting.kind()).isEqualTo("unavail");
        assertFails(Reason.UNSUPPORTED, () -> box.delete(greeting.id()));
        assertFails(Reason.UNSUPPORTED, () -> box.setHeard(greeting.id(), true));
        box.delete(message.id());
        box.delete(withheld.id());
        box.purge();
        assertThat(box.list(0, 10).total()).isZero();
        assertThat(audio(box, greeting.id())).hasSize(364);
        assertThat(messagesOnTheServer()).isEqualTo(1);
    }

    @Test
    void freeswitch_messages_with_and_without_a_template() throws Exception {
        deliver("freeswitch");
        deliver("freeswitch-template");
        VoicemailBox box = box();

        List<VoicemailMessage> messages = box.list(0, 10).messages();

        assertThat(messages)
                .extracting(VoicemailMessage::callerNumber)
                .containsExactlyInAnyOrder("201", "+497114560815");
        assertThat(messages)
                .extracting(VoicemailMessage::callerName)
                .containsExactlyInAnyOrder("Erika Mustermann", "Erika Mustermann");
        assertThat(messages)
                .extracting(VoicemailMessage::duration)
                .containsExactlyInAnyOrder(Duration.ofSeconds(9), Duration.ofSeconds(12));
        assertThat(messages).extracting(VoicemailMessage::urgent).containsExactlyInAnyOrder(false, true);
        for (VoicemailMessage message : messages) {
            assertThat(audio(box, message.id())).hasSize(364);
        }
        assertThat(box.capabilities()).doesNotContain(Capability.DRIVES_MESSAGE_WAITING, Capability.GREETINGS);
    }

    @Test
    void any_mail_with_sound_and_no_mail_without() throws Exception {
        deliver("mail");
        deliver("mail-asterisk");
        deliver("newsletter");
        deliver("forwarded");
        VoicemailBox box = box();

        VoicemailPage page = box.list(0, 10);

        assertThat(page.total()).isEqualTo(2);
        assertThat(page.unheard()).isEqualTo(2);
        assertThat(page.messages()).extracting(VoicemailMessage::callerNumber).containsExactlyInAnyOrder(null, "202");
        assertThat(page.messages())
                .extracting(VoicemailMessage::callerName)
                .containsExactlyInAnyOrder(null, "Jürgen Gräf");
        for (VoicemailMessage message : page.messages()) {
            try (VoicemailAudio audio = box.open(message.id())) {
                assertThat(audio.contentType()).isIn("audio/mpeg", "application/ogg");
            }
        }
        assertThat(box.capabilities()).doesNotContain(Capability.DRIVES_MESSAGE_WAITING);
        page.messages().forEach(message -> quietly(() -> box.delete(message.id())));
        box.purge();
        assertThat(messagesOnTheServer()).as("other people's mail").isEqualTo(2);
    }

    private static void quietly(Use use) {
        try {
            use.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
