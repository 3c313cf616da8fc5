// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A user of a real Dovecot, new in each test, with ways to the mailbox and to what the server thinks of it. */
abstract class DovecotUser {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    static Dovecot dovecot;
    private static final AtomicInteger USERS = new AtomicInteger(200);

    final String user = USERS.incrementAndGet() + "@pbx.test";
    private final List<VoicemailBox> boxes = new ArrayList<>();

    @BeforeAll
    static void start() {
        dovecot = new Dovecot(directory);
    }

    @AfterAll
    static void stop() {
        dovecot.close();
    }

    @AfterEach
    void closeBoxes() {
        boxes.forEach(VoicemailBox::close);
    }

    /** A watch that is connected, and what it has told since. */
    static AtomicInteger watched(VoicemailBox box) {
        AtomicInteger changes = new AtomicInteger();
        box.watch(changes::incrementAndGet);
        awaitThat("the watch is connected", () -> changes.get() > 0);
        changes.set(0);
        return changes;
    }

    final FakeLoginContext context() {
        return new FakeLoginContext().local(Dovecot.HOST).local("pbx.test");
    }

    final VoicemailBox box() {
        return box(context(), dovecot.trust(), Dovecot.PASSWORD);
    }

    final VoicemailBox box(FakeLoginContext context, TlsTrust trust, String password) {
        LoginOutcome outcome = PhoneSystems.withVoicemail(SipRegistrar.phoneSystem(), Dovecot.HOST, dovecot.port())
                .logIn(Login.of(user, Secret.of(password)).trusting(trust), context);
        VoicemailBox box = Objects.requireNonNull(
                ((LoginOutcome.LoggedIn) outcome).session().voicemailBox());
        boxes.add(box);
        return box;
    }

    final void deliver(String name) {
        dovecot.deliver(user, "INBOX", message(name), false);
    }

    static byte[] message(String name) {
        try (InputStream in = DovecotUser.class.getResourceAsStream("/interop/voicemail/" + name + ".eml")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] audio(VoicemailBox box, String id) throws IOException {
        try (VoicemailAudio audio = box.open(id)) {
            return audio.bytes().readAllBytes();
        }
    }

    static String uid(VoicemailMessage message) {
        return message.id().substring(message.id().lastIndexOf('.') + 1);
    }

    final int messagesOnTheServer() {
        return onTheServer("messages");
    }

    final int seenOnTheServer() {
        return onTheServer("messages") - onTheServer("unseen");
    }

    private int onTheServer(String what) {
        String told = dovecot.doveadm("mailbox", "status", "-u", user, what, "INBOX");
        Matcher number = Pattern.compile(what + "=([0-9]+)").matcher(told);
        assertThat(number.find()).as(told).isTrue();
        return Integer.parseInt(number.group(1));
    }

    final String ofThisUser() {
        StringBuilder lines = new StringBuilder();
        dovecot.log()
                .lines()
                .filter(line -> line.contains(user))
                .forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    static void awaitThat(String what, BooleanSupplier condition) {
        Await.until(what, condition, SOON);
    }

    /** Something that may fail. */
    interface Use {
        void run() throws IOException;
    }

    static void assertFails(Reason reason, Use use) {
        VoicemailException failure = catchThrowableOfType(VoicemailException.class, use::run);
        assertThat(failure).as("it threw nothing").isNotNull();
        assertThat(failure.reason()).isEqualTo(reason);
    }
}
