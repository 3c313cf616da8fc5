// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Busy lamps (RFC 4235) from a real presence server, which writes its own documents and versions, and to which SIPp publishes. */
@Tag("interop")
class BusyLampInteropTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void a_lamp_shows_kamailios_notifications_and_survives_its_restart() {
        try (Kamailio kamailio = new Kamailio(directory, "SHA-256");
                EnginePhone phone =
                        new EnginePhone(kamailio.account("1001", SipTransport.TLS), null).awaitRegistered()) {
            BusyLamp lamp = phone.account().watch("1002");
            Publisher published = publisher(kamailio);
            published.publish(document("early", "recipient"));
            await(lamp, LampState.RINGING);
            assertThat(Objects.requireNonNull(lamp.snapshot().party()).user()).isEqualTo("1003");
            assertThat(Objects.requireNonNull(lamp.snapshot().party()).displayName())
                    .isEqualTo("Carol");
            assertThat(lamp.snapshot().pickUpPossible()).isTrue();

            published.publish(document("confirmed", "recipient"));
            await(lamp, LampState.TALKING);
            published.publish(document("terminated", "recipient"));
            await(lamp, LampState.IDLE);

            kamailio.kill();
            await(lamp, LampState.UNKNOWN);
            kamailio.startAgain();
            phone.awaitRegistered();
            publisher(kamailio).publish(document("confirmed", "initiator"));
            await(lamp, LampState.TALKING);
        }
    }

    @Test
    void published_presence_reaches_watchers_and_is_republished_after_a_restart() {
        try (Kamailio kamailio = new Kamailio(directory, "SHA-256");
                EnginePhone watcher =
                        new EnginePhone(kamailio.account("1001", SipTransport.TLS), null).awaitRegistered();
                EnginePhone phone =
                        new EnginePhone(kamailio.account("1004", SipTransport.TLS), null).awaitRegistered()) {
            BusyLamp lamp = watcher.account().watch("1004");
            assertThat(phone.account()
                            .publishPresence(PresenceStatus.ON_THE_PHONE, "with <Carol> & Bob")
                            .toCompletableFuture()
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join())
                    .isEqualTo(new PublicationOutcome.Published());
            await(lamp, LampState.TALKING);
            phone.account().publishPresence(PresenceStatus.AVAILABLE);
            await(lamp, LampState.IDLE);
            phone.account().publishPresence(PresenceStatus.OFFLINE);
            await(lamp, LampState.OFFLINE);
            phone.account().publishPresence(PresenceStatus.BUSY);
            await(lamp, LampState.TALKING);

            kamailio.kill();
            await(lamp, LampState.UNKNOWN);
            kamailio.startAgain();
            await(lamp, LampState.TALKING);
        }
    }

    @Test
    void kamailios_list_reports_several_extensions_and_their_changes_across_a_restart() throws IOException {
        try (Kamailio kamailio = Kamailio.withResourceList(directory, "SHA-256", "1001", "1002", "1003");
                EnginePhone phone = new EnginePhone(
                                kamailio.account("1001", SipTransport.TLS).resourceList("lamps"), null)
                        .awaitRegistered()) {
            Publisher published = publisher(kamailio);
            published.publish(document("early", "recipient"));
            BusyLamp lamp = phone.account().watch("1002");
            BusyLamp another = phone.account().watch("1003");
            await(lamp, LampState.RINGING);
            assertThat(Objects.requireNonNull(lamp.snapshot().party()).user()).isEqualTo("1003");
            published.publish(document("confirmed", "recipient"));
            await(lamp, LampState.TALKING);
            // Of whom nothing was published it knows nothing.
            assertThat(another.snapshot().state()).isEqualTo(LampState.UNKNOWN);
            publisher(kamailio, "1003").publish(document("1003", "early", "recipient"));
            await(another, LampState.RINGING);
            published.publish(document("terminated", "recipient"));
            await(lamp, LampState.IDLE);
            assertThat(another.snapshot().state()).isEqualTo(LampState.RINGING);
            // It is not in the list, and this Kamailio tells of no extension alone.
            await(phone.account().watch("1005"), LampState.FORBIDDEN);

            kamailio.kill();
            await(lamp, LampState.UNKNOWN);
            kamailio.startAgain();
            phone.awaitRegistered();
            publisher(kamailio).publish(document("confirmed", "initiator"));
            await(lamp, LampState.TALKING);
        }
    }

    @Test
    void baresip_sees_the_presence_published_by_the_engine() {
        Path sound = Tone.of(440).write(directory.resolve("sound.wav"));
        try (Kamailio kamailio = new Kamailio(directory, "MD5");
                EnginePhone phone =
                        new EnginePhone(kamailio.account("1001", SipTransport.TLS), null).awaitRegistered();
                Baresip peer = Baresip.withPresence(directory.resolve("baresip"), kamailio, "1004", sound)) {
            phone.account().publishPresence(PresenceStatus.AVAILABLE);
            peer.awaitPresence("Online");
            phone.account().publishPresence(PresenceStatus.OFFLINE);
            peer.awaitPresence("Offline");
        }
    }

    @Test
    void the_engine_and_linphonec_see_each_others_presence() {
        Path sound = Tone.of(440).write(directory.resolve("sound.wav"));
        try (Kamailio kamailio = new Kamailio(directory, "MD5");
                EnginePhone phone =
                        new EnginePhone(kamailio.account("1001", SipTransport.TLS), null).awaitRegistered()) {
            BusyLamp lamp = phone.account().watch("1004");
            phone.account().publishPresence(PresenceStatus.AVAILABLE);
            try (Linphone peer = Linphone.withPresence(directory.resolve("linphone"), kamailio, "1004", sound)) {
                peer.awaitPresence("Online");
                await(lamp, LampState.IDLE);
                phone.account().publishPresence(PresenceStatus.OFFLINE);
                peer.awaitPresence("Offline");
            }
        }
    }

    private static void await(BusyLamp lamp, LampState state) {
        Await.until("the lamp shows " + state, () -> lamp.snapshot().state() == state, LIMIT);
    }

    private Publisher publisher(Kamailio kamailio) {
        return publisher(kamailio, "1002");
    }

    private Publisher publisher(Kamailio kamailio, String extension) {
        return new Publisher(directory, kamailio, extension + "@pbx.test", "dialog", "application/dialog-info+xml");
    }

    private static String document(String state, String direction) {
        return document("1002", state, direction);
    }

    private static String document(String extension, String state, String direction) {
        return "<?xml version=\"1.0\"?>\r\n"
                + "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"0\" state=\"full\" "
                + "entity=\"sip:" + extension + "@pbx.test\">\r\n"
                + "<dialog id=\"d1\" call-id=\"one\" local-tag=\"theirs\" remote-tag=\"callers\" direction=\""
                + direction + "\">\r\n"
                + "<state>" + state + "</state>\r\n"
                + "<remote><identity display=\"Carol\">sip:1003@pbx.test</identity>"
                + "<target uri=\"sip:1003@pbx.test\"/></remote>\r\n"
                + "</dialog>\r\n</dialog-info>\r\n";
    }
}
