// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.FakePhoneSystem;
import com.techpro.callclient.testkit.pbx.sound.Prompts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A user with one message of a tone in a real mailbox, to which a link leads that may be slow. In real time. */
final class MailOverALink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USER = "1002";

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final FakeLoginContext mail = new FakeLoginContext().local("pbx.test");
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final FakeAudio audio = new FakeAudio(schedulers.openLoop("audio", (thread, e) -> failures.add(e)));
    private final EmbeddedPbx pbx;
    private final CallClient client;
    final RelayedLink link;

    MailOverALink(String format, Duration length) throws IOException {
        pbx = EmbeddedPbx.builder()
                .extensions("1001", USER)
                .voicemail(boxes -> boxes.format(format))
                .start();
        link = new RelayedLink(new InetSocketAddress(
                pbx.voicemail().address().host(), pbx.voicemail().address().port()));
        pbx.voicemail().leave(USER, "1001", "Alice", Prompts.tone(440, (int) length.toMillis()));
        await(() -> pbx.voicemail().stored(USER) == 1);
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(schedulers))
                .callbacks(Runnable::run)
                .platform(p -> p.audio(audio))
                .failures((thread, failure) -> failures.add(failure))
                .build());
        LoginResult result = client.login(
                        new FakePhoneSystem(pbx.account(USER).build(), mailbox()),
                        Login.of("1002@pbx.test", Secret.of("secret")))
                .toCompletableFuture()
                .join();
        if (!(result instanceof LoginResult.LoggedIn)) {
            throw new AssertionError("the login was refused: " + result);
        }
        await(() -> snapshot().messages().size() == 1);
    }

    private VoicemailBox mailbox() {
        LoginOutcome outcome = PhoneSystems.withVoicemail(SipRegistrar.phoneSystem(), "pbx.test", link.port())
                .logIn(
                        Login.of(pbx.voicemail().user(USER), pbx.voicemail().password(USER))
                                .trusting(pbx.tlsTrust()),
                        mail);
        return Objects.requireNonNull(
                ((LoginOutcome.LoggedIn) outcome).session().voicemailBox());
    }

    private VoicemailSnapshot snapshot() {
        return client.voicemail().snapshot();
    }

    Playback play() {
        return client.voicemail().play(snapshot().messages().get(0).id());
    }

    /** Whether the loudspeaker has played any of the tone. */
    boolean isHeard() {
        short[] heard = audio.heard();
        for (short sample : heard) {
            if (Math.abs(sample) > 1_000) {
                return true;
            }
        }
        return false;
    }

    void await(BooleanSupplier condition) {
        Await.until(condition, PATIENCE);
    }

    static void requirePlaying(Playback playback) {
        if (playback.snapshot().state() == PlaybackSnapshot.State.FAILED) {
            throw new AssertionError("the message cannot be played: " + playback.snapshot());
        }
    }

    @Override
    public void close() {
        link.release();
        client.shutdown(Duration.ofSeconds(5)).toCompletableFuture().join();
        await(() -> audio.openStreams() == 0);
        link.close();
        pbx.close();
        await(() -> mail.open() == 0);
        schedulers.close();
        if (!failures.isEmpty()) {
            throw new AssertionError("tasks failed: " + failures, failures.get(0));
        }
    }
}
